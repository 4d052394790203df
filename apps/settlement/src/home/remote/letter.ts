import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';

/** 函: who says what to whom, between two deployments. */
export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly call: string;
  readonly body: unknown;
}

const goodForSeconds = 60;

const keyBytes = (key: string): Uint8Array => Buffer.from(key, 'hex');

/** Signs all of a letter; good for a minute. */
export const sealLetter = ({ from, to, call, body }: Letter, key: string, now: Date): Promise<string> =>
  new SignJWT({ call, body })
    .setProtectedHeader({ alg: 'HS256', kid: from })
    .setIssuer(from)
    .setAudience(to)
    .setIssuedAt(now)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + goodForSeconds)
    .sign(keyBytes(key));

/** The body of a letter; throws when it is not from them, not for us, about something else, or too old. */
export async function openLetter(
  letter: string,
  { from, to, call }: Omit<Letter, 'body'>,
  key: string,
  now: Date,
): Promise<unknown> {
  const { payload } = await jwtVerify(letter, keyBytes(key), {
    algorithms: ['HS256'],
    issuer: from,
    audience: to,
    currentDate: now,
    clockTolerance: goodForSeconds,
  });
  if (payload['call'] !== call) throw new Error('a letter about something else');
  return payload['body'];
}

/** Who a letter says it is from, before anything of it is believed. */
export function senderOf(letter: string): string | undefined {
  try {
    return decodeProtectedHeader(letter).kid;
  } catch {
    return undefined;
  }
}
