import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day, Month } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { isProvince } from '#shared/regions';
import { ClearingCalendar } from './clearing-calendar.js';
import { keepConfirmation, lockPeriod } from './period.repository.js';

/** 清算确认 (N46 H62): by the 25th; whoever says nothing has agreed. */
@Injectable()
export class ConfirmTables {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendar: ClearingCalendar,
    private readonly obligations: ObligationBook,
  ) {}

  execute(month: Month, caller: Caller): Promise<Outcome<{ period: Month; province: string; confirmedOn: Day }>> {
    const province = caller.agency;
    const confirmedOn = this.clock.today();
    return this.database.transaction(async (tx) => {
      if (!isProvince(province)) return refuse('NOT_A_PROVINCE');
      const { period, state } = await lockPeriod(tx, month);
      if (state === 'open') return refuse('TABLES_NOT_MADE', { period });
      const { confirmBy } = this.calendar.daysOf(period);
      if (confirmedOn > confirmBy) return refuse('CONFIRMATION_TOO_LATE', { period, day: confirmBy });
      await keepConfirmation(tx, period, province, confirmedOn, caller.subject);
      await this.obligations.meet(tx, { kind: 'confirm', owner: province, subject: period }, confirmedOn);
      return { period, province, confirmedOn };
    });
  }
}
