import type { Day, Month } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import type { InstitutionPayment } from './payment.js';

const columns = `payment_no as "paymentNo", institution_code as "institutionCode", treatment_area as "treatmentArea", month,
  declared_fen as "declaredFen", deducted_fen as "deductedFen", method_difference_fen as "methodDifferenceFen", paid_fen as "paidFen", state, prepared_by as "preparedBy",
  prepared_on as "preparedOn", approved_by as "approvedBy", paid_on as "paidOn",
  case when bank_name is null then null
       else json_build_object('bankName', bank_name, 'transactionNo', transaction_no, 'transactionDate', transaction_date) end as bank`;

export const lockPayment = (tx: Transaction, paymentNo: string): Promise<InstitutionPayment | undefined> =>
  one<InstitutionPayment>(tx, `select ${columns} from institution_payment where payment_no = $1 for update`, [
    paymentNo,
  ]);

/** The last payment of a month; there are several where declarations became final one after the other. */
export const lastPaymentFor = (
  tx: Transaction,
  institutionCode: string,
  month: Month,
): Promise<InstitutionPayment | undefined> =>
  one<InstitutionPayment>(
    tx,
    `select ${columns} from institution_payment where institution_code = $1 and month = $2 order by payment_no desc limit 1`,
    [institutionCode, month],
  );

export const listPayments = (tx: Transaction, month: Month | null): Promise<InstitutionPayment[]> =>
  rows<InstitutionPayment>(
    tx,
    `select ${columns} from institution_payment where $1::text is null or month = $1 order by payment_no`,
    [month],
  );

export async function insertPayment(
  tx: Transaction,
  payment: Omit<InstitutionPayment, 'paymentNo'>,
): Promise<InstitutionPayment> {
  const next = await one<{ n: bigint }>(tx, `select nextval('payment_number') as n`);
  const paymentNo = `BF${payment.month.replace('-', '')}${String(next?.n ?? 0n).padStart(8, '0')}`;
  await tx.query(
    `insert into institution_payment (payment_no, institution_code, treatment_area, month, declared_fen, deducted_fen, paid_fen, state, prepared_by, prepared_on, method_difference_fen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[
        paymentNo,
        payment.institutionCode,
        payment.treatmentArea,
        payment.month,
        payment.declaredFen,
        payment.deductedFen,
      ],
      ...[payment.paidFen, payment.state, payment.preparedBy, payment.preparedOn, payment.methodDifferenceFen],
    ],
  );
  return { paymentNo, ...payment };
}

export async function markPaid(
  tx: Transaction,
  { paymentNo, state, approvedBy, bank, paidOn }: InstitutionPayment,
): Promise<void> {
  await tx.query(
    `update institution_payment set state = $2, approved_by = $3, bank_name = $4, transaction_no = $5, transaction_date = $6, paid_on = $7
     where payment_no = $1`,
    [paymentNo, state, approvedBy, bank?.bankName, bank?.transactionNo, bank?.transactionDate, paidOn],
  );
}

export interface UnpaidDeclaration {
  readonly declarationId: string;
  readonly treatmentArea: string;
  readonly final: boolean;
  readonly declaredFen: Fen;
  readonly deductedFen: Fen;
}

/** Declarations of a month that are in no payment yet; locked, so that two who prepare at once take turns. */
export const lockUnpaid = (tx: Transaction, institutionCode: string, month: Month): Promise<UnpaidDeclaration[]> =>
  rows<UnpaidDeclaration>(
    tx,
    `select declaration_id as "declarationId", treatment_area as "treatmentArea", state = 'final' as final,
            fund_fen + account_fen as "declaredFen",
            coalesce((select sum(a.amount_fen) from audit_deduction a where a.declaration_id = d.declaration_id), 0)::bigint as "deductedFen"
     from declaration d where institution_code = $1 and month = $2 and payment_no is null order by declaration_id for update`,
    [institutionCode, month],
  );

export async function takeDeclarations(
  tx: Transaction,
  paymentNo: string,
  declarationIds: readonly string[],
): Promise<void> {
  await tx.query('update declaration set payment_no = $1 where declaration_id = any($2)', [paymentNo, declarationIds]);
}

/** Institutions of an area that have declared for a month and are not paid yet. */
export async function countUnpaid(tx: Transaction, treatmentArea: string, month: Month): Promise<number> {
  const found = await one<{ n: number }>(
    tx,
    `select count(distinct institution_code)::int as n from declaration d where treatment_area = $1 and month = $2 and not exists (
       select 1 from institution_payment p where p.payment_no = d.payment_no and p.state = 'paid')`,
    [treatmentArea, month],
  );
  return found?.n ?? 0;
}

export interface SheetRow {
  readonly settlementId: string;
  readonly settledOn: Day;
  readonly homeArea: string;
  readonly scheme: string;
  readonly setting: string;
  readonly total: Fen;
  readonly fund: Fen;
  readonly account: Fen;
  readonly deducted: Fen;
  readonly method: string;
  readonly groupCode: string | null;
  /** What the hospital gets beside what the home area is charged. */
  readonly difference: Fen;
}

export const sheetRows = (tx: Transaction, paymentNo: string): Promise<SheetRow[]> =>
  rows<SheetRow>(
    tx,
    `select s.settlement_id as "settlementId", s.settled_on as "settledOn", s.home_area as "homeArea", s.scheme, s.setting, s.total_fen as total,
            s.fund_fen as fund, s.personal_account_fen as account,
            coalesce((select sum(amount_fen) from audit_deduction a where a.settlement_id = s.settlement_id), 0)::bigint as deducted,
            coalesce(c.method, 'by-item') as method, c.group_code as "groupCode", coalesce(c.difference_fen, 0)::bigint as difference
     from settlement s join declaration d using (declaration_id) left join case_payment c using (settlement_id)
     where d.payment_no = $1 order by s.settled_at, s.settlement_id`,
    [paymentNo],
  );
