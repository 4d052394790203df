import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import type { Day, Month } from '#shared/clock';
import { clearingNoticeIssued, clearingPeriodClosed } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { formatYuan, sum } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { areaName, nation } from '#shared/regions';
import { itemsOf } from '../item/clearing-item.repository.js';
import { ClearingCalendar } from '../period/clearing-calendar.js';
import { periodTransitions } from '../period/period.js';
import { confirmedBy, lockPeriod, savePeriod } from '../period/period.repository.js';
import { NettingProvinces } from '../tables/netting-provinces.js';
import { checkNetting, checkTables } from '../tables/rules/check-tables.js';
import { netAreas } from '../tables/rules/net-areas.js';
import { pairProvinces } from '../tables/rules/pair-provinces.js';
import { deductedFen, holds } from '../tables/tables.js';
import type { Pair } from '../tables/tables.js';
import type { Notice } from './notice.js';
import { insertNotice } from './notice.repository.js';
import { areaNotices } from './rules/area-notices.js';
import { provinceNotices } from './rules/province-notices.js';

/** 签发通知书 (N47): before month end, when all have confirmed or the term has passed; the period is closed with it. */
@Injectable()
export class IssueNotices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendar: ClearingCalendar,
    private readonly netting: NettingProvinces,
    private readonly obligations: ObligationBook,
    private readonly outbox: Outbox,
  ) {}

  execute(month: Month, caller: Caller): Promise<Outcome<Notice[]>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      if (caller.agency !== nation) return refuse('NOT_YOUR_AREA', { area: nation });
      const found = await lockPeriod(tx, month);
      const { period } = found;
      const state = periodTransitions.next(found.state, 'issue-notices');
      if (state === undefined) {
        return found.state === 'open'
          ? refuse('TABLES_NOT_MADE', { period })
          : refuse('WRONG_STATE', { what: '清算期', state: '已签发', action: '再次签发' });
      }
      const items = await itemsOf(tx, period);
      const pairs = pairProvinces(items);
      const missing = await this.unconfirmed(tx, period, pairs, today);
      if (missing.length > 0) return refuse('PROVINCES_NOT_CONFIRMED', { missing: missing.map(areaName).join('、') });
      const nettings = this.netting.on(today).map((province) => ({ province, table: netAreas(items, province) }));
      const checks = [
        ...checkTables(pairs, items),
        ...nettings.flatMap(({ province, table }) => checkNetting(province, table)),
      ];
      if (!checks.every(holds)) return refuse('TABLES_DO_NOT_BALANCE', { period });

      const notices = [
        ...provinceNotices(pairs, period, today),
        ...nettings.flatMap(({ province, table }) => areaNotices(table, province, period, today)),
      ];
      for (const notice of notices) await insertNotice(tx, notice);
      await savePeriod(tx, { ...found, state, closedOn: today });
      await this.obligations.meet(tx, { kind: 'notices', owner: nation, subject: period }, today);
      await this.tell(tx, period, today, pairs, notices);
      return notices;
    });
  }

  private async unconfirmed(tx: Transaction, period: Month, pairs: readonly Pair[], today: Day): Promise<string[]> {
    if (today > this.calendar.daysOf(period).confirmBy) return [];
    const confirmed = await confirmedBy(tx, period);
    return [...new Set(pairs.flatMap(({ payer, payee }) => [payer, payee]))]
      .sort()
      .filter((province) => !confirmed.includes(province));
  }

  private async tell(
    tx: Transaction,
    period: Month,
    signedOn: Day,
    pairs: readonly Pair[],
    notices: readonly Notice[],
  ): Promise<void> {
    const closed = {
      contract: clearingPeriodClosed,
      aggregateId: period,
      aggregateVersion: 1,
      payload: {
        period,
        signedOn,
        pairs: pairs.map((pair) => ({
          payer: pair.payer,
          payee: pair.payee,
          employees: formatYuan(pair.employeesFen),
          residents: formatYuan(pair.residentsFen),
          deducted: formatYuan(deductedFen(pair)),
          payable: formatYuan(pair.payableFen),
          returned: formatYuan(pair.returnedFen),
        })),
        total: formatYuan(sum(pairs.map(({ payableFen }) => payableFen))),
      },
    };
    const issued = notices.map(({ lines, totalFen, ...notice }) => ({
      contract: clearingNoticeIssued,
      aggregateId: notice.noticeNo,
      aggregateVersion: 1,
      payload: {
        ...notice,
        lines: lines.map(({ amountFen, ...line }) => ({ ...line, amount: formatYuan(amountFen) })),
        total: formatYuan(totalFen),
      },
    }));
    await this.outbox.publishAll(tx, [closed, ...issued]);
  }
}
