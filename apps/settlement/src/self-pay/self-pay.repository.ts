import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import { scopeRow } from '../scope/scope-row.js';
import type { Details } from '../visit/visit.js';
import type { SelfPayBill, SelfPayLine, SelfPayVisit } from './self-pay-bill.js';

const columns = `bill_id as "billId", institution_code as "institutionCode", treatment_area as "treatmentArea",
  hospital_visit_no as "hospitalVisitNo", setting, completed_at as "completedAt"`;

/** 账单号: Z, treatment area, sequence. */
export async function openBill(
  tx: Transaction,
  bill: Omit<SelfPayBill, 'billId' | 'completedAt'>,
  at: Date,
): Promise<SelfPayBill> {
  const next = await one<{ n: bigint }>(tx, `select nextval('self_pay_bill_number') as n`);
  const billId = `Z${bill.treatmentArea}${String(next?.n ?? 0n).padStart(12, '0')}`;
  await tx.query(
    `insert into self_pay_bill (bill_id, institution_code, treatment_area, hospital_visit_no, setting, opened_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (institution_code, hospital_visit_no) do nothing`,
    [...[billId, bill.institutionCode, bill.treatmentArea, bill.hospitalVisitNo, bill.setting, at]],
  );
  const opened = await lockBill(tx, bill.institutionCode, bill.hospitalVisitNo);
  if (opened === undefined) throw new Error('a bill that was opened is there');
  return opened;
}

/** A foreign bill is simply not there. */
export const lockBill = (
  tx: Transaction,
  institutionCode: string,
  hospitalVisitNo: string,
): Promise<SelfPayBill | undefined> =>
  one<SelfPayBill>(
    tx,
    `select ${columns} from self_pay_bill where institution_code = $1 and hospital_visit_no = $2 for update`,
    [institutionCode, hospitalVisitNo],
  );

export async function keepVisit(
  tx: Transaction,
  billId: string,
  visit: SelfPayVisit,
  identity: { hash: string; encrypted: Buffer },
): Promise<void> {
  await tx.query(
    `update self_pay_bill set med_type = $2, certificate_type = $3, identity_hash = $4, identity_encrypted = $5, name = $6,
       admitted_on = $7, discharged_on = $8, stated_total_fen = $9, details = $10, diagnoses = $11 where bill_id = $1`,
    [
      ...[billId, visit.medType, visit.certificateType, identity.hash, identity.encrypted, visit.name],
      ...[visit.admittedOn, visit.dischargedOn, visit.statedTotalFen],
      ...[JSON.stringify(visit.details), JSON.stringify(visit.diagnoses)],
    ],
  );
}

export async function keepLines(tx: Transaction, billId: string, lines: readonly SelfPayLine[]): Promise<void> {
  const records = lines.map((line) => ({
    bill_id: billId,
    line_no: line.lineNo,
    item_code: line.itemCode,
    category: line.category,
    class: line.class,
    first_pay_ratio: line.firstPayRatio,
    price_limit_fen: line.priceLimitFen?.toString() ?? null,
    price: line.price,
    quantity: line.quantity,
    occurred_at: line.occurredAt.toISOString(),
    position: line.position,
    ...scopeRow(line),
    in_catalogue: line.inCatalogue,
    details: line.details,
  }));
  await tx.query(`insert into self_pay_line select * from jsonb_populate_recordset(null::self_pay_line, $1::jsonb)`, [
    JSON.stringify(records),
  ]);
}

export const linesOfBill = (tx: Transaction, billId: string): Promise<SelfPayLine[]> =>
  rows<SelfPayLine>(
    tx,
    `select line_no as "lineNo", item_code as "itemCode", category, class, first_pay_ratio as "firstPayRatio",
            price_limit_fen as "priceLimitFen", price, quantity, occurred_at as "occurredAt", position, total_fen as "totalFen",
            own_expense_fen as "ownExpenseFen", over_limit_fen as "overLimitFen", first_pay_fen as "firstPayFen",
            in_scope_fen as "inScopeFen", in_catalogue as "inCatalogue", details
     from self_pay_line where bill_id = $1 order by position, line_no`,
    [billId],
  );

/** All lines, or one. */
export async function removeLines(tx: Transaction, billId: string, lineNo: string | null): Promise<void> {
  await tx.query('delete from self_pay_line where bill_id = $1 and ($2::text is null or line_no = $2)', [
    billId,
    lineNo,
  ]);
}

export async function completeBill(tx: Transaction, billId: string, at: Date): Promise<void> {
  await tx.query('update self_pay_bill set completed_at = $2 where bill_id = $1', [billId, at]);
}

export async function removeBill(tx: Transaction, billId: string): Promise<void> {
  await tx.query('delete from self_pay_bill where bill_id = $1', [billId]);
}

/** A bill as it is read again. */
export interface StoredSelfPayBill extends SelfPayBill {
  readonly medType: string | null;
  readonly certificateType: string | null;
  readonly identityEncrypted: Buffer | null;
  readonly name: string | null;
  readonly admittedOn: Day | null;
  readonly dischargedOn: Day | null;
  readonly statedTotalFen: Fen | null;
  readonly totalFen: Fen;
  readonly details: Details;
  readonly diagnoses: readonly SelfPayDiagnosis[];
}

export interface SelfPayDiagnosis {
  readonly type: string | null;
  readonly main: boolean;
  readonly order: number | null;
  readonly code: string;
  readonly name: string | null;
}

export const findBill = (
  tx: Transaction,
  institutionCode: string,
  hospitalVisitNo: string,
): Promise<StoredSelfPayBill | undefined> =>
  one<StoredSelfPayBill>(
    tx,
    `select ${columns}, med_type as "medType", certificate_type as "certificateType", identity_encrypted as "identityEncrypted",
            name, admitted_on as "admittedOn", discharged_on as "dischargedOn", stated_total_fen as "statedTotalFen", details,
            diagnoses, (select coalesce(sum(l.total_fen), 0)::bigint from self_pay_line l where l.bill_id = b.bill_id) as "totalFen"
     from self_pay_bill b where institution_code = $1 and hospital_visit_no = $2`,
    [institutionCode, hospitalVisitNo],
  );
