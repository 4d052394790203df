import { Injectable } from '@nestjs/common';
import { firstDay, lastDay, monthOf, nextMonth } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
import { nation } from '#shared/regions';
import type { DayJob } from '#shared/service';
import { treatmentProvincesOf } from '../item/clearing-item.repository.js';
import { ClearingCalendar } from './clearing-calendar.js';

/** 清算期开始: on the first of a month, who has to upload by the 20th, and what the nation owes for the period. */
@Injectable()
export class OpenPeriod implements DayJob {
  readonly name = 'open-period';
  readonly articles = ['H62', 'N46', 'N47'];
  readonly on = (day: Day): boolean => day.endsWith('-01');

  constructor(
    private readonly calendar: ClearingCalendar,
    private readonly obligations: ObligationBook,
  ) {}

  async run(today: Day, tx: Transaction): Promise<void> {
    const period = nextMonth(monthOf(today), -1);
    const provinces = await treatmentProvincesOf(tx, firstDay(period), lastDay(period));
    if (provinces.length === 0) return;
    const { uploadBy, tablesOn, noticesBy } = this.calendar.daysOf(period);
    const common = { subject: period, openedOn: today, hard: true };
    for (const owner of provinces) {
      await this.obligations.open(tx, {
        ...common,
        kind: 'upload',
        owner,
        ownerArea: owner,
        beneficiary: nation,
        article: 'H62',
        dueOn: uploadBy,
      });
    }
    await this.obligations.open(tx, {
      ...common,
      kind: 'tables',
      owner: nation,
      ownerArea: nation,
      article: 'N46',
      dueOn: tablesOn,
    });
    await this.obligations.open(tx, {
      ...common,
      kind: 'notices',
      owner: nation,
      ownerArea: nation,
      article: 'N47',
      dueOn: noticesBy,
    });
  }
}
