import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, dayOf } from '#shared/clock';
import { Database, rows } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers, signatureWindowSeconds } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaValues } from '#shared/rules';
import { findInstitution } from './institution.repository.js';
import { signsFor } from './rules/admitting-area.js';

export interface IssuedCredential {
  readonly paasid: string;
  /** Shown this once; kept encrypted. */
  readonly secret: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface ShownCredential {
  readonly paasid: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

const dayMs = 86_400_000;

/** 机构凭证: issued by the institution's area; during a change-over the old one stays good for a week. */
@Injectable()
export class InstitutionCredentials {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cipher: IdentityNumbers,
    private readonly rules: AreaValues,
  ) {}

  async issue(institutionCode: string, caller: Caller): Promise<Outcome<IssuedCredential>> {
    const now = this.clock.now();
    const paasid = `${institutionCode}-${randomBytes(4).toString('hex')}`;
    const secret = randomBytes(24).toString('base64url');
    return this.database.transaction(async (tx) => {
      const institution = await findInstitution(tx, institutionCode);
      if (institution === undefined) return refuse('NOT_FOUND', { what: '该机构' });
      if (!signsFor(caller.agency, institution.area)) return refuse('NOT_YOUR_AREA', { area: institution.area });
      const days = (name: string): number => this.rules.of(institution.area).numberOn(name, dayOf(now)) * dayMs;
      const oldGoodUntil = new Date(now.getTime() + days('changeOverDays'));
      const validTo = new Date(now.getTime() + days('credentialDays'));
      // The newest of the old ones stays good for the change-over, older ones end at once: never more than two.
      await tx.query(
        `update institution_credential c set valid_to = least(valid_to, case when paasid = n.newest then $2 else $3 end)
         from (select (array_agg(paasid order by valid_from desc))[1] as newest from institution_credential
               where institution_code = $1 and (valid_to is null or valid_to > $3)) as n
         where institution_code = $1 and (valid_to is null or valid_to > $3)`,
        [institutionCode, oldGoodUntil, now],
      );
      await tx.query(
        `insert into institution_credential (paasid, institution_code, secret_encrypted, valid_from, valid_to)
         values ($1, $2, $3, $4, $5)`,
        [...[paasid, institutionCode, this.cipher.encrypt(secret), now, validTo]],
      );
      return { paasid, secret, validFrom: now.toISOString(), validTo: validTo.toISOString() };
    });
  }

  /** 有效凭证 of an institution, newest first; the secrets stay secret. */
  async list(institutionCode: string, caller: Caller): Promise<Outcome<ShownCredential[]>> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const institution = await findInstitution(tx, institutionCode);
      if (institution === undefined) return refuse('NOT_FOUND', { what: '该机构' });
      if (!signsFor(caller.agency, institution.area)) return refuse('NOT_YOUR_AREA', { area: institution.area });
      const found = await rows<{ paasid: string; from: Date; to: Date | null }>(
        tx,
        `select paasid, valid_from as from, valid_to as to from institution_credential
         where institution_code = $1 and (valid_to is null or $2 < valid_to) order by valid_from desc`,
        [institutionCode, now],
      );
      return found.map(({ paasid, from, to }) => ({
        paasid,
        validFrom: from.toISOString(),
        validTo: to?.toISOString() ?? null,
      }));
    });
  }

  /** Nonces older than twice the window can never be used again and are forgotten. */
  async forgetOldNonces(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 2 * signatureWindowSeconds * 1000);
    await this.database.transaction((tx) => tx.query('delete from used_nonce where used_at < $1', [before]));
  }
}
