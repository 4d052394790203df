import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import type { FeeLine } from '../visit/visit.js';
import { fundTotal } from './settlement.js';
import type { Settlement } from './settlement.js';

const columns = `s.settlement_id as "settlementId", s.kind, s.refund_of as "refundOf", s.visit_id as "visitId",
  s.person_no as "personNo", s.scheme, s.setting, s.med_type as "medType", s.route, s.home_area as "homeArea",
  s.treatment_area as "treatmentArea", s.institution_code as "institutionCode", s.admitted_on as "admittedOn",
  s.settled_on as "settledOn", s.settled_at as "settledAt", s.total_fen as "totalFen", s.own_expense_fen as "ownExpenseFen",
  s.over_limit_fen as "overLimitFen", s.first_pay_fen as "firstPayFen", s.in_scope_fen as "inScopeFen",
  s.deductible_fen as "deductibleFen", s.ratio, s.ratio_from as "ratioFrom", s.personal_account_fen as "personalAccountFen",
  s.cash_fen as "cashFen", s.hospital_fen as "hospitalFen", s.account_balance_after_fen as "accountBalanceAfterFen",
  s.pack_id as "packId", s.explanation, s.msgid, s.invoice_no as "invoiceNo", s.declaration_id as "declarationId",
  (select json_agg(json_build_object('fundType', f.fund_type, 'amountFen', f.amount_fen::text) order by f.fund_type)
   from settlement_fund f where f.settlement_id = s.settlement_id) as funds`;

export interface StoredSettlement extends Settlement {
  readonly declarationId: string | null;
}

type Row = Omit<StoredSettlement, 'funds'> & { funds: { fundType: string; amountFen: string }[] | null };

const fromRow = (row: Row): StoredSettlement => ({
  ...row,
  funds: (row.funds ?? []).map(({ fundType, amountFen }) => ({ fundType, amountFen: BigInt(amountFen) })),
});

export async function findSettlement(tx: Transaction, settlementId: string): Promise<StoredSettlement | undefined> {
  const row = await one<Row>(tx, `select ${columns} from settlement s where s.settlement_id = $1`, [settlementId]);
  return row === undefined ? undefined : fromRow(row);
}

export async function findRefundOf(tx: Transaction, settlementId: string): Promise<StoredSettlement | undefined> {
  const row = await one<Row>(tx, `select ${columns} from settlement s where s.refund_of = $1`, [settlementId]);
  return row === undefined ? undefined : fromRow(row);
}

export interface SettlementFilter {
  readonly institutionCode?: string | undefined;
  readonly personNo?: string | undefined;
  /** First and last day of settling, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export async function listSettlements(
  tx: Transaction,
  wanted: SettlementFilter,
  most = 1000,
): Promise<StoredSettlement[]> {
  const found = await rows<Row>(
    tx,
    `select ${columns} from settlement s
     where ($1::text is null or s.institution_code = $1) and ($2::text is null or s.person_no = $2)
       and ($3::date is null or s.settled_on >= $3) and ($4::date is null or s.settled_on <= $4)
     order by s.settled_at, s.settlement_id limit $5`,
    [wanted.institutionCode ?? null, wanted.personNo ?? null, wanted.from ?? null, wanted.to ?? null, most],
  );
  return found.map(fromRow);
}

/** 结算 ID: S, treatment area, day, sequence. As many as are wanted, in one round trip. */
export async function nextSettlementIds(
  tx: Transaction,
  wanted: readonly { treatmentArea: string; settledOn: string }[],
): Promise<string[]> {
  const numbers = await rows<{ n: bigint }>(
    tx,
    `select nextval('settlement_number') as n from generate_series(1, $1::int)`,
    [wanted.length],
  );
  return wanted.map(
    ({ treatmentArea, settledOn }, index) =>
      `S${treatmentArea}${settledOn.replaceAll('-', '')}${String(numbers[index]?.n ?? 0n).padStart(9, '0')}`,
  );
}

const text = (amount: Fen): string => amount.toString();

/** All rows of a batch in two statements; the checks of the table are the last guard of both identities. */
export async function insertSettlements(tx: Transaction, settlements: readonly Settlement[]): Promise<void> {
  const records = settlements.map((one) => ({
    settlement_id: one.settlementId,
    kind: one.kind,
    refund_of: one.refundOf,
    visit_id: one.visitId,
    person_no: one.personNo,
    scheme: one.scheme,
    setting: one.setting,
    med_type: one.medType,
    route: one.route,
    home_area: one.homeArea,
    treatment_area: one.treatmentArea,
    institution_code: one.institutionCode,
    admitted_on: one.admittedOn,
    settled_on: one.settledOn,
    settled_at: one.settledAt.toISOString(),
    total_fen: text(one.totalFen),
    own_expense_fen: text(one.ownExpenseFen),
    over_limit_fen: text(one.overLimitFen),
    first_pay_fen: text(one.firstPayFen),
    in_scope_fen: text(one.inScopeFen),
    deductible_fen: text(one.deductibleFen),
    ratio: one.ratio,
    ratio_from: one.ratioFrom,
    fund_fen: text(fundTotal(one)),
    personal_account_fen: text(one.personalAccountFen),
    cash_fen: text(one.cashFen),
    hospital_fen: text(one.hospitalFen),
    account_balance_after_fen: text(one.accountBalanceAfterFen),
    pack_id: one.packId,
    explanation: one.explanation,
    msgid: one.msgid,
    invoice_no: one.invoiceNo,
    declaration_id: null,
  }));
  const funds = settlements.flatMap(({ settlementId, funds: shares }) =>
    shares.map(({ fundType, amountFen }) => ({
      settlement_id: settlementId,
      fund_type: fundType,
      amount_fen: text(amountFen),
    })),
  );
  await tx.query(`insert into settlement select * from jsonb_populate_recordset(null::settlement, $1::jsonb)`, [
    JSON.stringify(records),
  ]);
  await tx.query(
    `insert into settlement_fund select * from jsonb_populate_recordset(null::settlement_fund, $1::jsonb)`,
    [JSON.stringify(funds)],
  );
}

/** Lines belong to the settlement that paid them, until a refund sets them free; the settlement keeps a copy for ever. */
export async function assignLines(
  tx: Transaction,
  assigned: readonly { visitId: string; lineNo: string; settlementId: string }[],
): Promise<void> {
  await tx.query(
    `with assigned as (select * from unnest($1::text[], $2::text[], $3::text[]) as t (visit_id, line_no, settlement_id)),
     touched as (
       update fee_line set settlement_id = a.settlement_id from assigned a
       where fee_line.visit_id = a.visit_id and fee_line.line_no = a.line_no returning fee_line.*)
     insert into settlement_line (settlement_id, visit_id, line_no, item_code, category, class, first_pay_ratio, price_limit_fen,
       price, quantity, occurred_on, position, total_fen, own_expense_fen, over_limit_fen, first_pay_fen, in_scope_fen,
       outside_institution)
     select settlement_id, visit_id, line_no, item_code, category, class, first_pay_ratio, price_limit_fen,
       price, quantity, occurred_on, position, total_fen, own_expense_fen, over_limit_fen, first_pay_fen, in_scope_fen,
       outside_institution from touched`,
    [
      assigned.map(({ visitId }) => visitId),
      assigned.map(({ lineNo }) => lineNo),
      assigned.map(({ settlementId }) => settlementId),
    ],
  );
}

export type SettlementLine = Omit<FeeLine, 'batchNo'>;

/** 结算明细; a refund shows those of the settlement that it takes back. */
export const linesOfSettlement = (tx: Transaction, settlementId: string): Promise<SettlementLine[]> =>
  rows<SettlementLine>(
    tx,
    `select settlement_id as "settlementId", visit_id as "visitId", line_no as "lineNo", item_code as "itemCode", category, class,
            first_pay_ratio as "firstPayRatio", price_limit_fen as "priceLimitFen", price, quantity, occurred_on as "occurredOn",
            position, total_fen as "totalFen", own_expense_fen as "ownExpenseFen", over_limit_fen as "overLimitFen",
            first_pay_fen as "firstPayFen", in_scope_fen as "inScopeFen"
     from settlement_line where settlement_id = $1 order by position, line_no`,
    [settlementId],
  );

/** All settlements and refunds of a visit, in the order in which they were made. */
export async function settlementsOfVisit(tx: Transaction, visitId: string): Promise<StoredSettlement[]> {
  const found = await rows<Row>(
    tx,
    `select ${columns} from settlement s where s.visit_id = $1 order by s.settled_at, s.settlement_id`,
    [visitId],
  );
  return found.map(fromRow);
}
