import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { BankDetails } from '#shared/payments';
import type { CasePayee, ReimbursementCase } from './reimbursement-case.js';
import { caseTransitions, liveStates } from './reimbursement-case.transitions.js';

export async function markApproved(tx: Transaction, caseNo: string, grant: string, by: string, on: Day): Promise<void> {
  await tx.query('update reimbursement_case set grant_id = $2, approved_by = $3, approved_on = $4 where case_no = $1', [
    ...[caseNo, grant, by, on],
  ]);
}

/** 支付信息; the account number is kept encrypted, with a hash to know it again. */
export async function markPaid(
  tx: Transaction,
  caseNo: string,
  payee: CasePayee & { readonly encryptedAccount: Buffer },
  bank: BankDetails,
  by: string,
): Promise<void> {
  await tx.query(
    `update reimbursement_case set payee_holder = $2, payee_bank = $3, payee_account_hash = $4, payee_account_masked = $5,
       payee_account_encrypted = $6, bank_name = $7, transaction_no = $8, transaction_date = $9, paid_by = $10 where case_no = $1`,
    [
      ...[caseNo, payee.holder, payee.bankName, payee.accountHash, payee.maskedAccount, payee.encryptedAccount],
      ...[bank.bankName, bank.transactionNo, bank.transactionDate, by],
    ],
  );
}

/** 费用归属: the lines of a visit belong to the case that paid them, as they would to a settlement. */
export async function holdLines(
  tx: Transaction,
  { caseNo, visitId }: Pick<ReimbursementCase, 'caseNo' | 'visitId'>,
  lineNos: readonly string[],
): Promise<void> {
  await tx.query('update fee_line set settlement_id = $1 where visit_id = $2 and line_no = any($3)', [
    ...[caseNo, visitId, lineNos],
  ]);
}

export async function freeLines(tx: Transaction, caseNo: string): Promise<void> {
  await tx.query('update fee_line set settlement_id = null where settlement_id = $1', [caseNo]);
}

/** 疑似重复: the same person at the same institution on the same day for the same amount, settled or reimbursed already. */
export async function duplicateOf(tx: Transaction, one: ReimbursementCase): Promise<string | undefined> {
  const same = `s.person_no = $1 and s.institution_code = $2 and s.setting = $3 and s.admitted_on = $4 and s.total_fen = $5`;
  const found = await rows<{ id: string }>(
    tx,
    `select case_no as id from reimbursement_case s where ${same} and state in ('approved', 'paid', 'closed') and case_no <> $6
     union all
     select settlement_id from settlement s where ${same} and kind = 'charge'
       and not exists (select 1 from settlement r where r.refund_of = s.settlement_id)
     order by id limit 1`,
    [one.personNo, one.institutionCode, one.setting, one.admittedOn, one.totalFen, one.caseNo],
  );
  return found[0]?.id;
}

/**
 * 直接结算成功，留存撤回: called by the settlement in its own transaction, with the bills that it settled. What was approved is
 * not among them, because its lines belong to its case.
 */
export async function withdrawSettled(
  tx: Transaction,
  settled: readonly { readonly visitId: string; readonly batchNo: string | null; readonly at: Date }[],
): Promise<void> {
  const open = liveStates.filter((state) => caseTransitions.next(state, 'withdraw') === 'withdrawn');
  await tx.query(
    `with settled as (select * from unnest($1::text[], $2::text[], $3::timestamptz[]) as t (visit_id, batch_no, at)),
       found as (
         select c.case_no, c.state, c.version, s.at from reimbursement_case c join settled s
           on c.visit_id = s.visit_id and coalesce(c.batch_no, '') = coalesce(s.batch_no, '')
         where c.state = any($4) order by c.case_no for update of c),
       moved as (
         update reimbursement_case c set state = 'withdrawn', version = c.version + 1 from found where c.case_no = found.case_no)
     insert into reimbursement_step (case_no, version, event, from_state, to_state, by, at, note)
     select case_no, version + 1, 'withdraw', state, 'withdrawn', 'settlement', at, '费用已直接结算' from found`,
    [settled.map(({ visitId }) => visitId), settled.map(({ batchNo }) => batchNo), settled.map(({ at }) => at), open],
  );
}
