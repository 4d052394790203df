import { importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { developmentKeys } from '../../launcher/development-keys.js';

export const claims = { agency: '430000', level: 'province', roles: ['obligations.read'] };
export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** A good token of the development issuer, or one that is wrong in what the test says. */
export async function signedToken(wrong: JWTPayload = {}, key?: CryptoKey): Promise<string> {
  const { privateKey } = await developmentKeys();
  const good = { iss: 'yidi-development', aud: 'yidi', sub: 'tester', exp: secondsFromNow(60), ...claims };
  return new SignJWT({ ...good, ...wrong })
    .setProtectedHeader({ alg: 'EdDSA', kid: privateKey.kid ?? '' })
    .sign(key ?? (await importJWK(privateKey, 'EdDSA')));
}
