import { createHash, timingSafeEqual } from 'node:crypto';

export interface SignatureHeaders {
  readonly paasid: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

export const signatureWindowSeconds = 300;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The four headers that hospital systems send, or undefined where one is missing or absurd. */
export function signatureHeaders(headers: Headers): SignatureHeaders | undefined {
  const of = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' && value.length <= 200 ? value : '';
  };
  const found = {
    paasid: of('x-tif-paasid'),
    timestamp: of('x-tif-timestamp'),
    nonce: of('x-tif-nonce'),
    signature: of('x-tif-signature'),
  };
  return Object.values(found).includes('') ? undefined : found;
}

/** 签名: SHA-256 in hex over timestamp, secret, nonce, timestamp. */
export const hospitalSignature = (secret: string, timestamp: string, nonce: string): string =>
  createHash('sha256')
    .update(timestamp + secret + nonce + timestamp)
    .digest('hex');

/** Whether the call was signed within the window by one of the secrets; during a change-over there are two. */
export function isSignedBy(secrets: readonly string[], given: SignatureHeaders, now: Date): boolean {
  if (!/^\d{1,12}$/.test(given.timestamp)) return false;
  if (Math.abs(Number(given.timestamp) - Math.floor(now.getTime() / 1000)) > signatureWindowSeconds) return false;
  const signature = Buffer.from(given.signature.toLowerCase());
  return secrets.some((secret) => {
    const expected = Buffer.from(hospitalSignature(secret, given.timestamp, given.nonce));
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  });
}
