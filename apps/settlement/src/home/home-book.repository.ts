import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import { addBooks } from '../benefit/accumulators.js';
import type { BenefitFacts, YearBook } from '../benefit/benefit.js';

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
  readonly changes: YearBook;
  /** What the home side was asked; null for a refund, and for what was settled before facts were kept. */
  readonly facts: BenefitFacts | null;
}

/** Whose accumulators: those of a person in one scheme. */
export interface BookKey {
  readonly personNo: string;
  readonly scheme: string;
}

export const bookKey = ({ personNo, scheme }: BookKey): string => `${personNo}|${scheme}`;

export async function readAccumulators(tx: Transaction, personNos: readonly string[]): Promise<Map<string, YearBook>> {
  const found = await rows<BookKey & { benefitYear: number; name: string; amount: bigint }>(
    tx,
    `select person_no as "personNo", scheme, benefit_year as "benefitYear", name, amount from accumulator where person_no = any($1)`,
    [personNos],
  );
  const books = new Map<string, YearBook>();
  for (const row of found) {
    const key = bookKey(row);
    books.set(key, addBooks(books.get(key) ?? {}, { [row.benefitYear]: { [row.name]: row.amount } }));
  }
  return books;
}

/** Adds to the accumulators; rows of the same name are added up first, in the order of their keys. */
export async function moveAccumulators(
  tx: Transaction,
  moves: readonly (BookKey & { changes: YearBook })[],
): Promise<void> {
  const sums = new Map<string, BookKey & { year: number; name: string; amount: bigint }>();
  for (const { changes, personNo, scheme } of moves) {
    for (const [year, names] of Object.entries(changes)) {
      for (const [name, amount] of Object.entries(names)) {
        const id = `${personNo}|${scheme}|${year}|${name}`;
        const before = sums.get(id)?.amount ?? 0n;
        sums.set(id, { personNo, scheme, year: Number(year), name, amount: before + amount });
      }
    }
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move);
  await tx.query(
    `insert into accumulator as a (person_no, scheme, benefit_year, name, amount)
     select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::bigint[])
     on conflict (person_no, scheme, benefit_year, name) do update set amount = a.amount + excluded.amount`,
    [
      sorted.map(({ personNo }) => personNo),
      sorted.map(({ scheme }) => scheme),
      sorted.map(({ year }) => year),
      sorted.map(({ name }) => name),
      sorted.map(({ amount }) => amount),
    ],
  );
}

const columns = `settlement_id, refund_of, visit_id, person_no, scheme, home_area, treatment_area, institution_code, setting,
  settled_on, benefit_year, total_fen, fund_fen, personal_account_fen, changes, facts`;

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
    facts: one.facts,
  }));
  await tx.query(
    `insert into home_settlement (${columns}) select ${columns} from jsonb_populate_recordset(null::home_settlement, $1::jsonb)`,
    [JSON.stringify(records, bigintAsText)],
  );
}

type StoredRow = Omit<HomeSettlement, 'changes' | 'facts'> & {
  readonly changes: Record<string, Record<string, string>>;
  readonly facts: Record<string, unknown> | null;
};

const selected = `settlement_id as "settlementId", refund_of as "refundOf", visit_id as "visitId", person_no as "personNo", scheme,
  home_area as "homeArea", treatment_area as "treatmentArea", institution_code as "institutionCode", setting,
  settled_on as "settledOn", benefit_year as "benefitYear", total_fen as "totalFen", fund_fen as "fundFen",
  personal_account_fen as "personalAccountFen", changes, facts`;

export async function findHomeSettlement(tx: Transaction, settlementId: string): Promise<HomeSettlement | undefined> {
  const found = await one<StoredRow>(tx, `select ${selected} from home_settlement where settlement_id = $1`, [
    settlementId,
  ]);
  return found === undefined ? undefined : asHomeSettlement(found);
}

/** What the home side granted and took back for a person in the order in which it did; a benefit year, or all. */
export async function homeSettlementsOf(tx: Transaction, key: BookKey): Promise<HomeSettlement[]> {
  const found = await rows<StoredRow>(
    tx,
    `select ${selected} from home_settlement where person_no = $1 and scheme = $2 order by position`,
    [key.personNo, key.scheme],
  );
  return found.map(asHomeSettlement);
}

function asHomeSettlement(row: StoredRow): HomeSettlement {
  const changes = Object.entries(row.changes).map(([year, names]) => [
    year,
    Object.fromEntries(Object.entries(names).map(([name, amount]) => [name, BigInt(amount)])),
  ]);
  const facts = row.facts === null ? null : (withBigints(row.facts) as BenefitFacts);
  return { ...row, changes: Object.fromEntries(changes) as YearBook, facts };
}

/** Amounts were written as text; their names end in Fen. */
function withBigints(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBigints);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name.endsWith('Fen') && typeof inner === 'string' ? BigInt(inner) : withBigints(inner),
    ]),
  );
}
