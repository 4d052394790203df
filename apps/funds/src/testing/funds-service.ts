import type { Day } from '#shared/clock';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { parseYuan } from '#shared/money';
import { testCaller, TestService } from '#shared/testing';
import { FundsModule } from '../funds.module.js';
import { migrations } from '../migrations/index.js';
import { FixQuotas } from '../quota/fix-quotas.js';
import type { Quota } from '../quota/quota.js';

export const startFunds = (day: Day, options: { bus?: boolean } = {}): Promise<TestService> =>
  TestService.start({ service: 'funds', feature: FundsModule, migrations, day, ...options });

export const maker = testCaller('000000', 'maker');
export const checker = testCaller('000000', 'checker');

/** payer, payee and what was paid in each month of the last quarter: the quota is twice that. */
export type Prepaid = readonly [payer: string, payee: string, monthly: string];

export async function fixQuotas(service: TestService, year: number, ...prepaid: Prepaid[]): Promise<Outcome<Quota[]>> {
  const bases = prepaid.map(([payer, payee, monthly]) => ({
    payer,
    payee,
    lastQuarterFen: [monthly, monthly, monthly].map(parseYuan),
  }));
  const prepared = await service.get(FixQuotas).prepare(year, bases, maker);
  return isRefusal(prepared) ? prepared : service.get(FixQuotas).approve(year, checker);
}

/** Balances by owner and account that are not zero, debit positive. */
export const balancesOf = async (service: TestService): Promise<Record<string, bigint>> => {
  const found = await service.query<{ name: string; balance: bigint }>(
    `select owner || ' ' || account as name, sum(debit_fen - credit_fen)::bigint as balance from ledger_line
     group by owner, account having sum(debit_fen - credit_fen) <> 0 order by 1`,
  );
  return Object.fromEntries(found.map(({ name, balance }) => [name, balance]));
};
