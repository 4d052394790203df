import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { institutionChanged } from '#shared/contracts';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { poolOf } from '#shared/regions';
import type { Institution } from './institution.js';
import { findInstitution, saveInstitution } from './institution.repository.js';

/** 机构准入 (N15 H24 H25): only the institution's own area admits it, and once is enough for all who come. */
@Injectable()
export class RegisterInstitution {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(institution: Institution, caller: Caller): Promise<Outcome<Institution>> {
    if (poolOf(caller.agency) !== poolOf(institution.area)) return refuse('NOT_YOUR_AREA', { area: institution.area });
    return this.database.transaction(async (tx) => {
      const known = await findInstitution(tx, institution.institutionCode);
      if (known !== undefined && known.area !== institution.area)
        return refuse('ALREADY_DONE_DIFFERENTLY', { what: '该机构' });
      if (known !== undefined && JSON.stringify(known) === JSON.stringify(ordered(institution))) return known;
      const aggregateVersion = await saveInstitution(tx, institution);
      const aggregateId = institution.institutionCode;
      await this.outbox.publish(tx, institutionChanged, { aggregateId, aggregateVersion, payload: institution });
      return institution;
    });
  }
}

const ordered = ({
  institutionCode,
  name,
  level,
  area,
  services,
  agreement,
  effectiveOn,
}: Institution): Institution => ({
  institutionCode,
  name,
  level,
  area,
  services,
  agreement,
  effectiveOn,
});
