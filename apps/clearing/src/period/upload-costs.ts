import { Injectable } from '@nestjs/common';
import { Clock, firstDay, lastDay, nextMonth } from '#shared/clock';
import type { Day, Month } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { isProvince } from '#shared/regions';
import { takeIntoPeriod, tooLate } from '../item/clearing-item.repository.js';
import type { LateItem, Taken } from '../item/clearing-item.repository.js';
import { ClearingCalendar } from './clearing-calendar.js';
import { findPeriod, keepUpload, lockPeriod } from './period.repository.js';

export interface UploadReport extends Taken {
  /** 逾期不予清算 (N50): what is too old for this period and for every later one, each with the last chance it had. */
  readonly refused: readonly (LateItem & { readonly reason: string })[];
}

/** 上传 (H62): the treatment province puts its audited costs into the period; what is not audited waits for the next. */
@Injectable()
export class UploadCosts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendar: ClearingCalendar,
    private readonly obligations: ObligationBook,
  ) {}

  execute(month: Month, caller: Caller): Promise<Outcome<UploadReport>> {
    const province = caller.agency;
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      if (!isProvince(province)) return refuse('NOT_A_PROVINCE');
      const notNow = this.notNow(month, today);
      if (notNow !== undefined && (await findPeriod(tx, month)) === undefined) return notNow;
      const { period, state } = await lockPeriod(tx, month);
      if (state !== 'open') return refuse('UPLOAD_CLOSED', { period });
      if (notNow !== undefined) return notNow;
      const earliest = this.calendar.earliestCosts(period);
      const taken = await takeIntoPeriod(tx, period, province, earliest, lastDay(period), firstDay(period));
      await keepUpload(tx, { period, province, ...taken, on: today, by: caller.subject });
      await this.obligations.meet(tx, { kind: 'upload', owner: province, subject: period }, today);
      const reason = `${period} 清算期只接收 ${earliest} 及以后的费用，该笔已超过清算延期`;
      return { ...taken, refused: (await tooLate(tx, province, earliest)).map((item) => ({ ...item, reason })) };
    });
  }

  /** Only the month that is being cleared, until the 20th: another period would hide costs from their own. */
  private notNow(period: Month, today: Day): Refusal | undefined {
    const from = firstDay(nextMonth(period));
    const to = this.calendar.daysOf(period).uploadBy;
    return today < from || today > to ? refuse('UPLOAD_NOT_NOW', { period, from, to }) : undefined;
  }
}
