import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { findPerson } from '../person/person.repository.js';
import { isDesignated } from '../referral-institution/referral-institution.repository.js';
import { noContact } from './filing.js';
import type { Filing } from './filing.js';
import { RegisterFiling } from './register-filing.js';

export interface Referral {
  readonly personNo: string;
  readonly destination: string;
  readonly diagnosis: string;
  readonly toInstitution?: string | undefined;
}

/** 转诊与备案“一站式” (H12): a hospital on the home area's list files for its patient; no proof, no review, no prior stay. */
@Injectable()
export class ReferPatient {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly register: RegisterFiling,
  ) {}

  async execute(
    { personNo, destination, diagnosis, toInstitution }: Referral,
    caller: Caller,
  ): Promise<Outcome<Filing>> {
    const { institution } = caller;
    if (institution === undefined) return refuse('INSTITUTION_MAY_NOT_REFER');
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo, true);
      if (person === undefined) return refuse('NOT_FOUND', { what: '该参保人' });
      if (!(await isDesignated(tx, person.homeArea, institution, this.clock.today())))
        return refuse('INSTITUTION_MAY_NOT_REFER');
      return this.register.execute(
        tx,
        person,
        {
          ...{ personNo, destination, category: 'referral', channel: 'one-stop', materials: [], contact: noContact },
          referral: { diagnosis, toInstitution: toInstitution ?? null },
          ...{ supplementary: false, coversFrom: null, dischargedOn: null, continues: null, agentId: null },
          changeOf: null,
        },
        { today: this.clock.today(), actor: institution },
      );
    });
  }
}
