import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal } from '#shared/errors';
import { DayJobs } from '#shared/service';
import { findPerson, personsWhoseStatusTurns } from '../person/person.repository.js';
import { FilingBook } from './filing-book.js';
import { overdueFilings } from './filing.repository.js';
import { FollowInsuredStatus } from './follow-insured-status.js';
import { RegisterFiling } from './register-filing.js';

const actor = 'day-job';

/** 日终: commitments that were not kept (H22), terms that are over (N10), insured statuses that turn on a date (H16). */
@Injectable()
export class FilingDays {
  constructor(
    jobs: DayJobs,
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
    private readonly follow: FollowInsuredStatus,
  ) {
    jobs.register({
      name: 'follow-insured-status',
      articles: ['N13', 'H16'],
      on: () => true,
      run: (day, tx) => this.followStatuses(day, tx),
    });
    jobs.register({
      name: 'close-overdue-filings',
      articles: ['H22', 'N10'],
      on: 'latest',
      run: (day, tx) => this.closeOverdue(day, tx),
    });
  }

  private async followStatuses(day: Day, tx: Transaction): Promise<void> {
    for (const personNo of await personsWhoseStatusTurns(tx, day)) {
      const person = await findPerson(tx, personNo, true);
      if (person !== undefined) await this.follow.execute(tx, person, day, actor);
    }
  }

  private async closeOverdue(day: Day, tx: Transaction): Promise<void> {
    const personNos = [...new Set((await overdueFilings(tx, day)).map(({ personNo }) => personNo))];
    for (const personNo of personNos) await findPerson(tx, personNo, true);
    for (const filing of await overdueFilings(tx, day)) {
      const lapsed = filing.commitmentDueOn !== null && filing.commitmentDueOn < day;
      const event = lapsed ? 'lapse' : 'expire';
      const closed = await this.book.change(tx, filing, { event, on: day, actor }, { closedOn: day });
      if (isRefusal(closed)) throw new Error(`${filing.filingNo} cannot ${event}`);
      await this.register.withdrawReminders(tx, filing);
    }
  }
}
