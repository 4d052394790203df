import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { DayJobs } from '#shared/service';
import { findPerson } from '../person/person.repository.js';
import { QualificationBook } from './qualification-book.js';
import { overdueQualifications } from './qualification.repository.js';

/** 日终: qualifications whose last day is over end, so that they can be applied for anew (N13 H16). */
@Injectable()
export class QualificationDays {
  constructor(
    jobs: DayJobs,
    private readonly book: QualificationBook,
  ) {
    jobs.register({
      name: 'end-overdue-qualifications',
      articles: ['N13', 'H16'],
      on: 'latest',
      run: (day, tx) => this.endOverdue(day, tx),
    });
  }

  private async endOverdue(day: Day, tx: Transaction): Promise<void> {
    const personNos = [...new Set((await overdueQualifications(tx, day)).map(({ personNo }) => personNo))];
    for (const personNo of personNos) await findPerson(tx, personNo, true);
    for (const one of await overdueQualifications(tx, day)) await this.book.record(tx, { ...one, status: 'ended' });
  }
}
