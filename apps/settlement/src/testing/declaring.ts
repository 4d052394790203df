import { RefusedException } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { GivenFinding } from '../declaration/audit-declaration.js';
import { DeclareCharges } from '../declaration/declare-charges.js';
import type { Declaration } from '../declaration/declaration.js';
import { keepStatement } from '../reconciliation/reconciliation.repository.js';
import type { Group, Statement } from '../reconciliation/reconciliation.repository.js';
import type { Settlement } from '../settlement/settlement.js';
import { shanghai } from './settlement-world.js';
import type { SettlementWorld } from './settlement-world.js';

export interface MonthSums {
  readonly totalFen: bigint;
  readonly fundFen: bigint;
  readonly accountFen: bigint;
  readonly cashFen: bigint;
}

/** What the hospital has settled of one kind, as it would add up its own books. */
export async function monthSums(
  { service }: SettlementWorld,
  setting: Group['setting'],
  month: string | null = null,
): Promise<MonthSums> {
  const [found] = await service.query<MonthSums>(
    `select sum(total_fen)::bigint as "totalFen", sum(fund_fen)::bigint as "fundFen", sum(personal_account_fen)::bigint as "accountFen",
            sum(cash_fen)::bigint as "cashFen" from settlement
     where setting = $1 and ($2::text is null or to_char(settled_on, 'YYYY-MM') = $2)`,
    [setting, month],
  );
  return found ?? { totalFen: 0n, fundFen: 0n, accountFen: 0n, cashFen: 0n };
}

/** A statement of a day that balances now, unless the test says otherwise. */
export const state = (
  { service }: SettlementWorld,
  setting: Group['setting'],
  day: string,
  given: Partial<Statement> = {},
): Promise<void> =>
  service.transaction((tx) =>
    keepStatement(
      tx,
      { institutionCode: shanghai.institutionCode, setting, scheme: '310', from: day, to: day },
      {
        treatmentArea: shanghai.area,
        stated: { settlements: 0, totalFen: 0n, fundFen: 0n, accountFen: 0n },
        ...{ withRefunds: true, balanced: true, at: service.clock.now() },
        ...given,
      },
    ),
  );

export async function declare(
  world: SettlementWorld,
  setting: Group['setting'],
  change: Partial<MonthSums> = {},
  month = '2026-03',
): Promise<Outcome<Declaration>> {
  const { service } = world;
  const stated = { ...(await monthSums(world, setting, month)), ...change };
  return service.transaction((tx) =>
    service.get(DeclareCharges).execute(tx, { institution: shanghai, month, setting, ...stated }),
  );
}

/** A finding on the first line of a settlement. */
export async function findingOn(
  { service }: SettlementWorld,
  { settlementId }: Settlement,
  amountFen: bigint,
  given: Partial<GivenFinding> = {},
): Promise<GivenFinding> {
  const [line] = await service.query<{ no: string }>(
    'select line_no as no from settlement_line where settlement_id = $1 order by position limit 1',
    [settlementId],
  );
  return { settlementId, lineNo: line?.no ?? '', amountFen, reasonCode: 'R01', reason: '超范围用药', ...given };
}

/** The code of a refusal, returned or thrown; `fine` where there is none. */
export async function answerTo(work: Promise<unknown>): Promise<string> {
  try {
    return ((await work) as { code?: string }).code ?? 'fine';
  } catch (error) {
    if (error instanceof RefusedException) return error.refusal.code;
    throw error;
  }
}
