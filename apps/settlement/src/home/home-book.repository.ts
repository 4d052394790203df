import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Accumulators } from '../benefit/benefit.js';

/** 参保地账: what the home side has granted, kept apart from the treatment side's settlement. */
export interface HomeSettlement {
  readonly settlementId: string;
  readonly refundOf: string | null;
  readonly visitId: string;
  readonly personNo: string;
  readonly scheme: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
  readonly setting: string;
  readonly settledOn: Day;
  readonly benefitYear: number;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly personalAccountFen: Fen;
  readonly changes: Accumulators;
}

export interface AccumulatorKey {
  readonly personNo: string;
  readonly scheme: string;
  readonly benefitYear: number;
}

export const accumulatorKey = ({ personNo, scheme, benefitYear }: AccumulatorKey): string =>
  `${personNo}|${scheme}|${benefitYear}`;

export async function readAccumulators(
  tx: Transaction,
  personNos: readonly string[],
): Promise<Map<string, Record<string, bigint>>> {
  const found = await rows<AccumulatorKey & { name: string; amount: bigint }>(
    tx,
    `select person_no as "personNo", scheme, benefit_year as "benefitYear", name, amount from accumulator where person_no = any($1)`,
    [personNos],
  );
  const years = new Map<string, Record<string, bigint>>();
  for (const row of found) {
    const key = accumulatorKey(row);
    years.set(key, { ...years.get(key), [row.name]: row.amount });
  }
  return years;
}

/** Adds to the accumulators; rows of the same name are added up first, in the order of their keys. */
export async function moveAccumulators(
  tx: Transaction,
  moves: readonly (AccumulatorKey & { changes: Accumulators })[],
): Promise<void> {
  const sums = new Map<string, { key: AccumulatorKey; name: string; amount: bigint }>();
  for (const { changes, ...key } of moves) {
    for (const [name, amount] of Object.entries(changes)) {
      const id = `${accumulatorKey(key)}|${name}`;
      sums.set(id, { key, name, amount: sum([amount, sums.get(id)?.amount ?? 0n]) });
    }
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move);
  await tx.query(
    `insert into accumulator as a (person_no, scheme, benefit_year, name, amount)
     select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::bigint[])
     on conflict (person_no, scheme, benefit_year, name) do update set amount = a.amount + excluded.amount`,
    [
      sorted.map(({ key }) => key.personNo),
      sorted.map(({ key }) => key.scheme),
      sorted.map(({ key }) => key.benefitYear),
      sorted.map(({ name }) => name),
      sorted.map(({ amount }) => amount),
    ],
  );
}

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

export async function insertHomeSettlements(tx: Transaction, granted: readonly HomeSettlement[]): Promise<void> {
  const records = granted.map((one) => ({
    settlement_id: one.settlementId,
    refund_of: one.refundOf,
    visit_id: one.visitId,
    person_no: one.personNo,
    scheme: one.scheme,
    home_area: one.homeArea,
    treatment_area: one.treatmentArea,
    institution_code: one.institutionCode,
    setting: one.setting,
    settled_on: one.settledOn,
    benefit_year: one.benefitYear,
    total_fen: one.totalFen,
    fund_fen: one.fundFen,
    personal_account_fen: one.personalAccountFen,
    changes: one.changes,
  }));
  await tx.query(
    `insert into home_settlement select * from jsonb_populate_recordset(null::home_settlement, $1::jsonb)`,
    [JSON.stringify(records, bigintAsText)],
  );
}

export async function findHomeSettlement(tx: Transaction, settlementId: string): Promise<HomeSettlement | undefined> {
  const found = await one<Omit<HomeSettlement, 'changes'> & { changes: Record<string, string> }>(
    tx,
    `select settlement_id as "settlementId", refund_of as "refundOf", visit_id as "visitId", person_no as "personNo", scheme,
            home_area as "homeArea", treatment_area as "treatmentArea", institution_code as "institutionCode", setting,
            settled_on as "settledOn", benefit_year as "benefitYear", total_fen as "totalFen", fund_fen as "fundFen",
            personal_account_fen as "personalAccountFen", changes
     from home_settlement where settlement_id = $1`,
    [settlementId],
  );
  if (found === undefined) return undefined;
  return {
    ...found,
    changes: Object.fromEntries(Object.entries(found.changes).map(([name, amount]) => [name, BigInt(amount)])),
  };
}
