import { Injectable } from '@nestjs/common';
import { Clock, firstDay, lastDay } from '#shared/clock';
import type { Month } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { isProvince } from '#shared/regions';
import { takeIntoPeriod } from '../item/clearing-item.repository.js';
import type { Taken } from '../item/clearing-item.repository.js';
import { ClearingCalendar } from './clearing-calendar.js';
import { keepUpload, lockPeriod } from './period.repository.js';

/** 上传 (H62): the treatment province puts its audited costs into the period; what is not audited waits for the next. */
@Injectable()
export class UploadCosts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendar: ClearingCalendar,
    private readonly obligations: ObligationBook,
  ) {}

  execute(month: Month, caller: Caller): Promise<Outcome<Taken>> {
    const province = caller.agency;
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      if (!isProvince(province)) return refuse('NOT_A_PROVINCE');
      const { period, state } = await lockPeriod(tx, month);
      if (state !== 'open') return refuse('UPLOAD_CLOSED', { period });
      const taken = await takeIntoPeriod(
        tx,
        period,
        province,
        this.calendar.earliestCosts(period),
        lastDay(period),
        firstDay(period),
      );
      await keepUpload(tx, { period, province, ...taken, on: today, by: caller.subject });
      await this.obligations.meet(tx, { kind: 'upload', owner: province, subject: period }, today);
      return taken;
    });
  }
}
