import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import type { Setting } from '../visit/visit.js';
import { liveStates } from './reimbursement-case.transitions.js';

/** 已上传的自费账单: complete, and as far as a case needs it. */
export interface ReportedBill {
  readonly billId: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  readonly hospitalVisitNo: string;
  readonly setting: Setting;
  readonly medType: string;
  readonly identityHash: string;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly completedAt: Date;
  readonly totalFen: Fen;
  readonly diagnoses: unknown;
}

/** A bill without an end ended with its last charge. */
const columns = `b.bill_id as "billId", b.institution_code as "institutionCode", b.treatment_area as "treatmentArea",
  b.hospital_visit_no as "hospitalVisitNo", b.setting, b.med_type as "medType", b.identity_hash as "identityHash",
  b.admitted_on as "admittedOn", b.completed_at as "completedAt", b.diagnoses,
  coalesce(b.discharged_on, (select greatest(b.admitted_on, max((l.occurred_at at time zone 'Asia/Shanghai')::date))
    from self_pay_line l where l.bill_id = b.bill_id)) as "dischargedOn",
  (select coalesce(sum(l.total_fen), 0)::bigint from self_pay_line l where l.bill_id = b.bill_id) as "totalFen"`;

/** Locked, so that the hospital cannot take it back meanwhile. */
export const lockReportedBill = (tx: Transaction, billId: string): Promise<ReportedBill | undefined> =>
  one<ReportedBill>(
    tx,
    `select ${columns} from self_pay_bill b where bill_id = $1 and completed_at is not null for update`,
    [billId],
  );

const mostListed = 1000;

/** 待立案的自费账单, for which there is no case yet; in the scope of an agency: those of its people. */
export const openReportedBills = (tx: Transaction): Promise<ReportedBill[]> =>
  rows<ReportedBill>(
    tx,
    `select ${columns} from self_pay_bill b where completed_at is not null
       and exists (select 1 from insured_person p where p.identity_hash = b.identity_hash)
       and not exists (select 1 from reimbursement_case c where c.bill_id = b.bill_id and c.state = any($1))
     order by completed_at, bill_id limit ${mostListed}`,
    [[...liveStates, 'refused']],
  );

/** A bill that a case has grown from stays, whatever became of the case. */
export const caseNoOfBill = async (tx: Transaction, billId: string): Promise<string | undefined> => {
  const last = `select case_no as "caseNo" from reimbursement_case where bill_id = $1 order by kept_at desc limit 1`;
  return (await one<{ caseNo: string }>(tx, last, [billId]))?.caseNo;
};
