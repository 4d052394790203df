import { createHmac, timingSafeEqual } from 'node:crypto';

const windowSeconds = 60;

const signatureOf = (key: string, timestamp: string, path: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(`${timestamp}\n${path}`).digest('hex');

/** Headers for the one call that a service makes to another over HTTP: settlement asks filing about a stranger. */
export function signServiceCall(key: string, path: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { 'x-yidi-timestamp': timestamp, 'x-yidi-signature': signatureOf(key, timestamp, path) };
}

export function isServiceCall(
  key: string,
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: Date,
): boolean {
  const timestamp = headers['x-yidi-timestamp'];
  const signature = headers['x-yidi-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) - now.getTime() / 1000) > windowSeconds) return false;
  const given = Buffer.from(signature);
  const expected = Buffer.from(signatureOf(key, timestamp, path));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
