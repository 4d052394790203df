import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import { quotaChanged } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { isProvince, nation } from '#shared/regions';
import { PrepaymentRules } from '../prepayment-rules.js';
import { OpenTransfer } from '../transfer/open-transfer.js';
import type { Quota } from './quota.js';
import { approveQuotas, lockQuotas, quotasOf, saveQuota } from './quota.repository.js';
import { initialQuota } from './rules/initial-quota.js';

export interface QuotaBasis {
  readonly payer: string;
  readonly payee: string;
  /** Fund payments of the three months of the last quarter. */
  readonly lastQuarterFen: readonly Fen[];
}

/** 额度核定 (N18 N19 N20): computed and fixed by the nation, by two people; the difference to last year becomes due. */
@Injectable()
export class FixQuotas {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: PrepaymentRules,
    private readonly openTransfer: OpenTransfer,
    private readonly outbox: Outbox,
  ) {}

  prepare(year: number, bases: readonly QuotaBasis[], caller: Caller): Promise<Outcome<Quota[]>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      if (caller.agency !== nation) return refuse('NOT_YOUR_AREA', { area: nation });
      const problem = problemOf(bases);
      if (problem !== undefined) return refuse('BAD_REQUEST', { detail: problem });
      if ((await lockQuotas(tx, year)).some(({ state }) => state === 'approved'))
        return refuse('QUOTA_ALREADY_APPROVED', { year });
      for (const { payer, payee, lastQuarterFen } of bases) {
        const { exactFen, quotaFen } = initialQuota(lastQuarterFen, this.rules.values, today);
        await saveQuota(
          tx,
          { year, payer, payee, exactFen, quotaFen, state: 'prepared', preparedBy: caller.subject, effectiveOn: null },
          today,
        );
      }
      return quotasOf(tx, year);
    });
  }

  approve(year: number, caller: Caller): Promise<Outcome<Quota[]>> {
    return this.database.transaction(async (tx) => {
      if (caller.agency !== nation) return refuse('NOT_YOUR_AREA', { area: nation });
      const quotas = await lockQuotas(tx, year);
      const [first] = quotas;
      if (first === undefined) return refuse('NOT_FOUND', { what: `${year} 年预付金额度` });
      if (first.state === 'approved') return refuse('QUOTA_ALREADY_APPROVED', { year });
      const same = quotas.map(({ preparedBy }) => samePerson(preparedBy, caller.subject)).find(isRefusal);
      if (same !== undefined) return same;
      const today = this.clock.today();
      await approveQuotas(tx, year, caller.subject, today);
      const before = new Map(
        (await quotasOf(tx, year - 1)).map((quota) => [`${quota.payer}${quota.payee}`, quota.quotaFen]),
      );
      for (const quota of quotas)
        await this.makeDue(tx, quota, before.get(`${quota.payer}${quota.payee}`) ?? 0n, today);
      return quotasOf(tx, year);
    });
  }

  /** Only the difference to last year moves; when this year's is lower the treatment side returns it (N27). */
  private async makeDue(
    tx: Transaction,
    { year, payer, payee, exactFen, quotaFen }: Quota,
    lastYearFen: Fen,
    openedOn: string,
  ): Promise<void> {
    await this.outbox.publish(tx, quotaChanged, {
      aggregateId: `${year}-${payer}-${payee}`,
      aggregateVersion: 1,
      payload: {
        year,
        payer,
        payee,
        kind: 'initial',
        exact: formatYuan(exactFen),
        quota: formatYuan(quotaFen),
        effectiveOn: openedOn,
      },
    });
    const difference = quotaFen - lastYearFen;
    if (difference === 0n) return;
    const returned = difference < 0n;
    const [from, to] = returned ? [payee, payer] : [payer, payee];
    await this.openTransfer.execute(tx, {
      transferNo: `YF${year}${from}${to}${returned ? '*' : ''}`,
      purpose: 'prepayment',
      period: String(year),
      payer: from,
      payee: to,
      amountFen: returned ? -difference : difference,
      openedOn,
      returned,
      source: `quota ${year}`,
    });
  }
}

/** What is wrong with the figures that were reported, in words. */
function problemOf(bases: readonly QuotaBasis[]): string | undefined {
  const wrong = bases.find(({ payer, payee }) => !isProvince(payer) || !isProvince(payee) || payer === payee);
  if (wrong !== undefined) return `付款省 ${wrong.payer} 与收款省 ${wrong.payee} 应为两个不同的省`;
  const pairs = bases.map(({ payer, payee }) => `${payer} → ${payee}`);
  const twice = pairs.find((pair, index) => pairs.indexOf(pair) !== index);
  if (twice !== undefined) return `${twice} 重复上报`;
  const negative = bases.find(({ lastQuarterFen }) => sum(lastQuarterFen) < 0n);
  return negative === undefined ? undefined : `${negative.payer} → ${negative.payee} 上年第四季度合计不得为负`;
}
