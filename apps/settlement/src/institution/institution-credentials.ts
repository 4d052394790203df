import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database, one, rows } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers, isSignedBy, signatureHeaders, signatureWindowSeconds } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { poolOf } from '#shared/regions';
import { findInstitution } from './institution.repository.js';

export interface IssuedCredential {
  readonly paasid: string;
  /** Shown this once; kept encrypted. */
  readonly secret: string;
  readonly validFrom: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;
const changeOverDays = 7;

/** 机构凭证: issued by the institution's area; during a change-over the old one stays good for a week. */
@Injectable()
export class InstitutionCredentials {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cipher: IdentityNumbers,
  ) {}

  async issue(institutionCode: string, caller: Caller): Promise<Outcome<IssuedCredential>> {
    const now = this.clock.now();
    const paasid = `${institutionCode}-${randomBytes(4).toString('hex')}`;
    const secret = randomBytes(24).toString('base64url');
    return this.database.transaction(async (tx) => {
      const institution = await findInstitution(tx, institutionCode);
      if (institution === undefined) return refuse('NOT_FOUND', { what: '该机构' });
      if (poolOf(caller.agency) !== poolOf(institution.area))
        return refuse('NOT_YOUR_AREA', { area: institution.area });
      const oldGoodUntil = new Date(now.getTime() + changeOverDays * 86_400_000);
      await tx.query(
        'update institution_credential set valid_to = $2 where institution_code = $1 and valid_to is null',
        [institutionCode, oldGoodUntil],
      );
      await tx.query(
        'insert into institution_credential (paasid, institution_code, secret_encrypted, valid_from) values ($1, $2, $3, $4)',
        [...[paasid, institutionCode, this.cipher.encrypt(secret), now]],
      );
      return { paasid, secret, validFrom: now.toISOString() };
    });
  }

  /** 签名校验: whose call it is, or why it is nobody's. A nonce counts once, also in another process. */
  async identify(headers: Headers): Promise<Outcome<string>> {
    const given = signatureHeaders(headers);
    if (given === undefined) return refuse('SIGNATURE_MISSING');
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const found = await rows<{ institution_code: string; secret_encrypted: Buffer }>(
        tx,
        `select institution_code, secret_encrypted from institution_credential
         where paasid = $1 and valid_from <= $2 and (valid_to is null or $2 < valid_to)`,
        [given.paasid, now],
      );
      const secrets = found.map(({ secret_encrypted }) => this.cipher.decrypt(secret_encrypted));
      const [owner] = found;
      if (owner === undefined || !isSignedBy(secrets, given, now))
        return refuse('SIGNATURE_WRONG', { seconds: signatureWindowSeconds });
      const fresh = await one(
        tx,
        'insert into used_nonce (paasid, nonce, used_at) values ($1, $2, $3) on conflict do nothing returning nonce',
        [given.paasid, given.nonce, now],
      );
      return fresh === undefined ? refuse('NONCE_USED') : owner.institution_code;
    });
  }

  /** Nonces older than twice the window can never be used again and are forgotten. */
  async forgetOldNonces(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 2 * signatureWindowSeconds * 1000);
    await this.database.transaction((tx) => tx.query('delete from used_nonce where used_at < $1', [before]));
  }
}
