import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { CasePayment, PaymentCase } from './method/payment-method.js';

/** A settlement of declarations that are to be paid, with what a payment method asks. */
export interface DeclaredCase extends PaymentCase {
  readonly kind: 'charge' | 'refund';
  readonly refundOf: string | null;
  readonly setting: string;
  readonly treatmentArea: string;
}

/** Charges before refunds, so that what takes back finds what it takes back. */
export const declaredCases = (tx: Transaction, declarationIds: readonly string[]): Promise<DeclaredCase[]> =>
  rows<DeclaredCase>(
    tx,
    `select s.settlement_id as "settlementId", s.kind, s.refund_of as "refundOf", s.setting, s.treatment_area as "treatmentArea",
            s.settled_on as "settledOn", i.level, s.total_fen as "totalFen", s.own_expense_fen as "ownExpenseFen",
            s.over_limit_fen as "overLimitFen", s.hospital_fen as "hospitalFen",
            s.fund_fen + s.personal_account_fen as "chargedFen",
            (select d ->> 'code' from jsonb_array_elements(v.diagnoses) as d
             order by (d ->> 'main')::boolean desc, d ->> 'inout' desc limit 1) as "mainDiagnosis"
     from settlement s join institution i on i.code = s.institution_code join visit v using (visit_id)
     where s.declaration_id = any($1) order by s.kind, s.settlement_id`,
    [declarationIds],
  );

export interface PaidCase extends CasePayment {
  readonly settlementId: string;
}

export const casePaymentsOf = (
  tx: Transaction,
  settlementIds: readonly string[],
): Promise<Pick<PaidCase, 'settlementId' | 'method' | 'groupCode' | 'differenceFen'>[]> =>
  rows(
    tx,
    `select settlement_id as "settlementId", method, group_code as "groupCode", difference_fen as "differenceFen"
     from case_payment where settlement_id = any($1)`,
    [settlementIds],
  );

export async function keepCasePayments(
  tx: Transaction,
  payment: { readonly paymentNo: string; readonly treatmentArea: string },
  cases: readonly PaidCase[],
): Promise<void> {
  await tx.query(
    `insert into case_payment (settlement_id, payment_no, treatment_area, method, group_code, charged_fen, owed_fen, difference_fen)
     select g.id, $1, $2, g.method, g.group_code, g.owed - g.difference, g.owed, g.difference
     from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[]) as g (id, method, group_code, owed, difference)`,
    [
      ...[payment.paymentNo, payment.treatmentArea, cases.map((one) => one.settlementId)],
      ...[cases.map((one) => one.method), cases.map((one) => one.groupCode)],
      ...[cases.map((one) => one.owedFen), cases.map((one) => one.differenceFen)],
    ],
  );
}
