import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { DEVELOPMENT_ISSUER, TOKEN_AUDIENCE } from './layout.js';
import { projectRoot } from './places.js';

/** Keys of this machine for development: whoever holds them is the token issuer of the local services. */
export interface DevelopmentKeys {
  privateKey: JWK;
  publicKey: JWK;
  /** 32 bytes in hex: encrypts identity numbers. */
  identityKey: string;
  /** 32 bytes in hex: makes them findable without decrypting. */
  identityHashKey: string;
}

export const LEVELS = ['nation', 'province', 'area', 'institution', 'operator'] as const;

/** What a token says about its bearer. */
export interface TokenClaims {
  /** Area code of the agency, "000000" for the nation. */
  agency: string;
  level: (typeof LEVELS)[number];
  roles: readonly string[];
  institution?: string;
  subject: string;
}

const DEFAULT_FILE = join(projectRoot, '.yidi', 'development-keys.json');

/** The keys of this folder, made on first use. Two launchers that make them at once end up with the same ones. */
export async function developmentKeys(file = DEFAULT_FILE): Promise<DevelopmentKeys> {
  return readKeys(file) ?? (await makeKeys(file));
}

function readKeys(file: string): DevelopmentKeys | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentKeys;
  } catch {
    return undefined;
  }
}

async function makeKeys(file: string): Promise<DevelopmentKeys> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const [privateKey, publicKey] = await Promise.all([exportJWK(pair.privateKey), exportJWK(pair.publicKey)]);
  const common = { kid: await calculateJwkThumbprint(publicKey), alg: 'EdDSA', use: 'sig' };
  const keys: DevelopmentKeys = {
    privateKey: { ...privateKey, ...common },
    publicKey: { ...publicKey, ...common },
    identityKey: randomBytes(32).toString('hex'),
    identityHashKey: randomBytes(32).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true });
  const growing = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(growing, JSON.stringify(keys, null, 2), { mode: 0o600 });
  try {
    linkSync(growing, file);
    return keys;
  } catch (error) {
    const winner = readKeys(file);
    if (winner === undefined) throw error;
    return winner;
  } finally {
    rmSync(growing, { force: true });
  }
}

/** The public half as the key set that services verify tokens with. */
export function publicKeySet(keys: DevelopmentKeys): string {
  return JSON.stringify({ keys: [keys.publicKey] });
}

/** A token of the development issuer, good for 12 hours of wall clock. */
export async function mintToken(claims: TokenClaims, keys?: DevelopmentKeys): Promise<string> {
  const { privateKey } = keys ?? (await developmentKeys());
  const { agency, level, roles, institution, subject } = claims;
  return new SignJWT({ agency, level, roles: [...roles], ...(institution === undefined ? {} : { institution }) })
    .setProtectedHeader({ alg: 'EdDSA', ...(privateKey.kid === undefined ? {} : { kid: privateKey.kid }) })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(await importJWK(privateKey, 'EdDSA'));
}
