import { Injectable } from '@nestjs/common';
import { monthOf, nextMonth } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
import { nation } from '#shared/regions';
import type { DayJob } from '#shared/service';
import { itemsOf } from '../item/clearing-item.repository.js';
import { pairProvinces } from '../tables/rules/pair-provinces.js';
import { ClearingCalendar } from './clearing-calendar.js';
import { periodTransitions } from './period.js';
import { lockPeriod, savePeriod } from './period.repository.js';

/** 生成清算表 (N46): on the 21st the period is closed for uploads; from then on its tables do not move. */
@Injectable()
export class MakeTables implements DayJob {
  readonly name = 'make-tables';
  readonly articles = ['N46'];
  readonly on = (day: Day): boolean => this.calendar.isTablesDay(day);

  constructor(
    private readonly calendar: ClearingCalendar,
    private readonly obligations: ObligationBook,
  ) {}

  async run(today: Day, tx: Transaction): Promise<void> {
    const found = await lockPeriod(tx, nextMonth(monthOf(today), -1));
    const state = periodTransitions.next(found.state, 'make-tables');
    if (state === undefined) return;
    const { period } = found;
    await savePeriod(tx, { ...found, state, tabledOn: today });
    await this.obligations.meet(tx, { kind: 'tables', owner: nation, subject: period }, today);
    const pairs = pairProvinces(await itemsOf(tx, period));
    const dueOn = this.calendar.daysOf(period).confirmBy;
    for (const owner of [...new Set(pairs.flatMap(({ payer, payee }) => [payer, payee]))].sort()) {
      await this.obligations.open(tx, {
        kind: 'confirm',
        owner,
        ownerArea: owner,
        beneficiary: nation,
        subject: period,
        article: 'N46',
        openedOn: today,
        dueOn,
        hard: true,
      });
    }
  }
}
