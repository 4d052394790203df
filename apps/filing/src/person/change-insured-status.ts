import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { isHomeAgency } from '../authority/home-agency.js';
import { FollowInsuredStatus } from '../filing/follow-insured-status.js';
import { contentHash, PersonBook } from './person-book.js';
import { findPerson } from './person.repository.js';
import { withStatusChange } from './rules/status-change.js';
import type { StatusChange } from './rules/status-change.js';

/** 参保状态变更 (H16): active, suspended, ended or moved from a day on; the filings of the person follow at once. */
@Injectable()
export class ChangeInsuredStatus {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: PersonBook,
    private readonly follow: FollowInsuredStatus,
  ) {}

  execute(
    personNo: string,
    change: StatusChange,
    caller: Caller,
  ): Promise<Outcome<{ personNo: string; version: number }>> {
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo, true);
      if (person === undefined || !(await isHomeAgency(tx, caller, person)))
        return refuse('NOT_FOUND', { what: '该参保人' });
      const insurances = withStatusChange(person.insurances, change);
      if (insurances === undefined) return refuse('NO_INSURANCE_TO_CHANGE', { scheme: change.scheme });
      if (contentHash({ ...person, insurances }) === person.contentHash) return { personNo, version: person.version };
      const saved = await this.book.record(tx, { ...person, insurances });
      await this.follow.execute(tx, saved, this.clock.today(), caller.subject);
      return { personNo, version: saved.version };
    });
  }
}
