import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { isRefusal } from '../errors/index.js';
import { AgencyTokens, developmentIssuer, TokenSetupError } from './agency-tokens.js';

const issuer = 'https://login.example';
const claims = { agency: '430100', level: 'area', roles: ['clearing.read', 'no.such.role', 7] };

describe('tokens of the agencies', () => {
  let ours: CryptoKey;
  let theirs: CryptoKey;
  let tokens: AgencyTokens;

  const tokenOf = (
    payload: JWTPayload,
    given: { key?: CryptoKey; from?: string; to?: string; expires?: string } = {},
  ) => {
    const token = new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(given.from ?? issuer)
      .setAudience(given.to ?? 'yidi')
      .setSubject('clerk');
    if (given.expires !== '') token.setExpirationTime(given.expires ?? '5m');
    return token.sign(given.key ?? ours);
  };
  const answer = async (header: string | undefined): Promise<string> => {
    const read = await tokens.read(header);
    return isRefusal(read) ? read.code : 'fine';
  };

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    ours = pair.privateKey;
    theirs = (await generateKeyPair('EdDSA')).privateKey;
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'EdDSA' }] });
    tokens = new AgencyTokens({ issuer, jwks, production: true });
  });

  it('[P5.3] a good token tells who calls, for which agency, what they may do and whose rows they may see', async () => {
    expect(await tokens.read(`Bearer ${await tokenOf(claims)}`)).toEqual({
      subject: 'clerk',
      agency: '430100',
      level: 'area',
      roles: ['clearing.read'],
      scope: { prefix: '4301' },
    });
  });

  it('[P5.3] the office of a hospital carries its institution', async () => {
    const read = await tokens.read(`Bearer ${await tokenOf({ ...claims, institution: 'H43010000301' })}`);
    expect(read).toMatchObject({ institution: 'H43010000301' });
  });

  it('[P5.3] without a header, with another scheme or with rubbish nobody is signed in', async () => {
    const token = await tokenOf(claims);
    for (const header of [undefined, '', token, `Basic ${token}`, 'Bearer', 'Bearer a b', 'Bearer rubbish'])
      expect(await answer(header)).toBe('NOT_SIGNED_IN');
  });

  it('[P5.3] another key, another issuer or another audience is refused', async () => {
    expect(await answer(`Bearer ${await tokenOf(claims, { key: theirs })}`)).toBe('NOT_SIGNED_IN');
    expect(await answer(`Bearer ${await tokenOf(claims, { from: 'https://other.example' })}`)).toBe('NOT_SIGNED_IN');
    expect(await answer(`Bearer ${await tokenOf(claims, { to: 'other' })}`)).toBe('NOT_SIGNED_IN');
  });

  it('[P5.3] a token that was changed on its way, or has no signature at all, is refused', async () => {
    const [head = '', , signature = ''] = (await tokenOf(claims)).split('.');
    const nation = Buffer.from(JSON.stringify({ ...claims, agency: '000000', iss: issuer, aud: 'yidi' })).toString(
      'base64url',
    );
    expect(await answer(`Bearer ${head}.${nation}.${signature}`)).toBe('NOT_SIGNED_IN');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await answer(`Bearer ${none}.${nation}.`)).toBe('NOT_SIGNED_IN');
  });

  it('[P5.3] an expired token says so; one that never expires is refused', async () => {
    expect(await answer(`Bearer ${await tokenOf(claims, { expires: '-1s' })}`)).toBe('TOKEN_EXPIRED');
    expect(await answer(`Bearer ${await tokenOf(claims, { expires: '' })}`)).toBe('NOT_SIGNED_IN');
  });

  it.each([
    ['no agency', { agency: undefined }],
    ['an agency that is no area code', { agency: '4301' }],
    ['a level that does not exist', { level: 'king' }],
  ])('[P5.3] a token with %s is nobody’s', async (_, change) => {
    expect(await answer(`Bearer ${await tokenOf({ ...claims, ...change })}`)).toBe('NOT_SIGNED_IN');
  });

  it('[P5.3] roles that are no list allow nothing', async () => {
    expect(await tokens.read(`Bearer ${await tokenOf({ ...claims, roles: 'operator' })}`)).toMatchObject({ roles: [] });
  });

  it('[P5.3] production refuses the development issuer, development takes it', () => {
    const options = { issuer: developmentIssuer, jwks: '{"keys":[]}' };
    expect(() => new AgencyTokens({ ...options, production: true })).toThrow(TokenSetupError);
    expect(() => new AgencyTokens({ ...options, production: false })).not.toThrow();
  });
});
