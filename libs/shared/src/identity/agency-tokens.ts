import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import { refuse } from '../errors/index.js';
import type { Outcome } from '../errors/index.js';
import { callerLevels, scopeOf } from './caller.js';
import type { Caller, CallerLevel } from './caller.js';
import { isRole } from './roles.js';

export const developmentIssuer = 'yidi-development';
const audience = 'yidi';

/** The token service cannot be used in this mode; the sentence says what to change. */
export class TokenSetupError extends Error {}

/** 令牌校验 of agencies: any OIDC provider by its key set; the development issuer only outside production. */
export class AgencyTokens {
  private readonly key: JWTVerifyGetKey;

  constructor(private readonly options: { issuer: string; jwks: string; production: boolean }) {
    if (options.production && options.issuer === developmentIssuer) {
      throw new TokenSetupError(
        `YIDI_OIDC_ISSUER is the development issuer, which production refuses: name your own provider.`,
      );
    }
    this.key = options.jwks.trimStart().startsWith('{')
      ? createLocalJWKSet(JSON.parse(options.jwks) as JSONWebKeySet)
      : createRemoteJWKSet(new URL(options.jwks));
  }

  /** The caller of an `Authorization` header, or why there is none. */
  async read(header: string | undefined): Promise<Outcome<Caller>> {
    const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) return refuse('NOT_SIGNED_IN');
    try {
      const expected = { issuer: this.options.issuer, audience, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, this.key, expected);
      return callerOf(payload) ?? refuse('NOT_SIGNED_IN');
    } catch (error) {
      return refuse(error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'NOT_SIGNED_IN');
    }
  }
}

const isLevel = (value: unknown): value is CallerLevel => callerLevels.some((level) => level === value);

/** The claims as a caller; undefined when they do not name an agency. Roles that we do not know are dropped. */
function callerOf({ sub, agency, level, roles, institution }: JWTPayload): Caller | undefined {
  if (
    sub === undefined ||
    sub.trim() === '' ||
    typeof agency !== 'string' ||
    !/^\d{6}$/.test(agency) ||
    !isLevel(level)
  )
    return undefined;
  const known = Array.isArray(roles)
    ? roles.filter((role): role is string => typeof role === 'string').filter(isRole)
    : [];
  const base = { subject: sub, agency, level, roles: known, scope: scopeOf(agency) };
  return typeof institution === 'string' ? { ...base, institution } : base;
}
