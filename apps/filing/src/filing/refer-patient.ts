import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { findPerson } from '../person/person.repository.js';
import { isDesignated } from '../referral-institution/referral-institution.repository.js';
import { ApplyForFiling } from './apply-for-filing.js';
import type { Filing } from './filing.js';

export interface Referral {
  readonly personNo: string;
  readonly destination: string;
}

/** 转诊与备案“一站式” (H12): a hospital on the home area's list files for its patient; no proof, no review, no prior stay. */
@Injectable()
export class ReferPatient {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly applyForFiling: ApplyForFiling,
  ) {}

  async execute({ personNo, destination }: Referral, caller: Caller): Promise<Outcome<Filing>> {
    const { institution } = caller;
    if (institution === undefined) return refuse('INSTITUTION_MAY_NOT_REFER');
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo, true);
      if (person === undefined) return refuse('NOT_FOUND', { what: '该参保人' });
      if (!(await isDesignated(tx, person.homeArea, institution))) return refuse('INSTITUTION_MAY_NOT_REFER');
      return this.applyForFiling.file(
        tx,
        person,
        { personNo, destination, category: 'referral', channel: 'one-stop', materials: [], supplementary: false },
        { today: this.clock.today(), actor: institution },
      );
    });
  }
}
