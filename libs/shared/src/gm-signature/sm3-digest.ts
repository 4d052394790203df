import { createHash, timingSafeEqual } from 'node:crypto';

/** 国密 SM3 摘要 with the institution's secret behind the text, in hex. */
export const sm3Digest = (text: string, secret: string): string =>
  createHash('sm3').update(`${text}&key=${secret}`, 'utf8').digest('hex');

/** Whether a digest was made with one of the secrets; during a change-over there are two. */
export function isSm3Digest(text: string, given: string, secrets: readonly string[]): boolean {
  const digest = Buffer.from(given.toLowerCase());
  return secrets.some((secret) => {
    const expected = Buffer.from(sm3Digest(text, secret));
    return expected.length === digest.length && timingSafeEqual(expected, digest);
  });
}
