import type { Transaction } from '#shared/database';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { EnvelopeProblem } from '#shared/national-interface';
import type { Details, Setting, Visit } from '../../visit/visit.js';
import type { GivenLine } from '../../visit/record-lines.js';
import { isEmergencyType } from '../../visit/rules/emergency-type.js';
import { ofSetting, ownVisit } from '../../visit/visit-access.js';
import type { GatewayCall } from '../gateway-transaction.js';
import { heldByHospital } from '../../visit-papers/visit-paper.js';
import { detailsOf } from '../answers/details.js';

interface EmergencyFlags {
  readonly er_flag: boolean | null;
  readonly otp_er_refl_flag: boolean | null;
  readonly exp_content: Readonly<Record<string, unknown>> | null;
}

/** 急诊: by the kind of treatment or by the flag (N8(5)). Some clients write the flag into the extension field. */
export const isEmergency = (medType: string, node: EmergencyFlags): boolean =>
  isEmergencyType(medType) || node.er_flag === true || node.otp_er_refl_flag === true || saysEmergency(node);

interface Extended {
  readonly exp_content: Readonly<Record<string, unknown>> | null;
}

const isYes = ({ exp_content: extension }: Extended, name: string): boolean =>
  extension?.[name] === '1' || extension?.[name] === 1;

/** 急诊 in the extension field of a charge or a settlement; 术前检查 (2) and 择期手术 (3) are none (N34). */
export const saysEmergency = (node: Extended): boolean => isYes(node, 'er_flag');

/** 医院留存表单: what the hospital says of a form it holds, kept beside the visit or the line. */
export const heldForm = (node: Extended, name: string): Details => (isYes(node, name) ? { [name]: '1' } : {});

interface DiagnosisRow {
  readonly diag_type: string | null;
  readonly maindiag_flag: boolean | null;
  readonly diag_srt_no: number | null;
  readonly diag_code: string;
  readonly diag_name: string | null;
  readonly diag_dept: string | null;
  readonly dise_dor_no: string | null;
  readonly dise_dor_name: string | null;
  readonly diag_time: string | null;
  readonly adm_cond?: string | null;
}

/** A diagnosis as a visit keeps it. */
export interface KeptDiagnosis {
  readonly inout: '1' | '2';
  readonly type: string;
  readonly main: boolean;
  readonly order: number;
  readonly code: string;
  readonly name: string;
  readonly details: Details;
}

export const diagnosesOf = (rows: readonly DiagnosisRow[], inout: '1' | '2'): KeptDiagnosis[] =>
  rows.map((row, index) => ({
    inout,
    type: row.diag_type ?? '1',
    main: row.maindiag_flag ?? index === 0,
    order: row.diag_srt_no ?? index + 1,
    code: row.diag_code,
    name: row.diag_name ?? '',
    details: detailsOf({
      diag_dept: row.diag_dept,
      dise_dor_no: row.dise_dor_no,
      dise_dor_name: row.dise_dor_name,
      diag_time: row.diag_time,
      adm_cond: row.adm_cond ?? null,
    }),
  }));

interface LineRow {
  readonly feedetl_sn: string;
  readonly mdtrt_id: string;
  readonly psn_no: string;
  readonly chrg_bchno: string | null;
  readonly med_list_codg: string;
  readonly pric: string;
  readonly cnt: string;
  readonly det_item_fee_sumamt: bigint;
  readonly fee_ocur_time: string;
  readonly init_feedetl_sn: string | null;
  readonly etip_flag: boolean | null;
  readonly etip_hosp_code: string | null;
  readonly exp_content: Readonly<Record<string, unknown>> | null;
}

const reckoned = ['feedetl_sn', 'chrg_bchno', 'pric', 'cnt', 'det_item_fee_sumamt', 'init_feedetl_sn'];

interface LinesMessage {
  readonly visitId: string;
  readonly personNo: string;
  readonly lines: GivenLine[];
  /** Some clients say with the charges only that it was an emergency. */
  readonly emergency: boolean;
}

/** 费用明细 of one message: all of one visit. */
export function linesOf(rows: readonly LineRow[]): LinesMessage {
  const [first] = rows;
  if (first === undefined) throw new EnvelopeProblem('节点 input.feedetail 为空');
  const { mdtrt_id: visitId, psn_no: personNo } = first;
  if (rows.some((row) => row.mdtrt_id !== visitId || row.psn_no !== personNo))
    throw new EnvelopeProblem('同一报文的明细应属同一就诊');
  if (new Set(rows.map(({ feedetl_sn }) => feedetl_sn)).size < rows.length)
    throw new EnvelopeProblem('同一报文内费用明细流水号重复');
  for (const row of rows) checkQuantity(row);
  const lines = rows.map((row) => ({
    lineNo: row.feedetl_sn,
    batchNo: row.chrg_bchno ?? '',
    itemCode: row.med_list_codg,
    price: row.pric,
    quantity: row.cnt,
    amountFen: row.det_item_fee_sumamt,
    occurredOn: row.fee_ocur_time.slice(0, 10),
    reversesLine: row.init_feedetl_sn,
    outsideInstitution: row.etip_flag === true ? (row.etip_hosp_code ?? '') : null,
    details: { ...detailsOf({ ...row }, reckoned), ...heldForm(row, heldByHospital.outsideForm) },
  }));
  return { visitId, personNo, lines, emergency: rows.some(saysEmergency) };
}

/** The visit that a message names, when it is the institution's own and of the kind that the number is for. */
export async function visitOf(
  call: GatewayCall,
  tx: Transaction,
  named: { readonly mdtrt_id: string; readonly psn_no: string },
  setting: Setting,
): Promise<Outcome<Visit>> {
  const visit = await ownVisit(tx, call.institution.institutionCode, named.mdtrt_id, named.psn_no);
  return isRefusal(visit) ? visit : ofSetting(visit, setting);
}

/** A transaction without output nodes. */
export const done = (outcome: Outcome<unknown>): Outcome<Record<string, never>> => (isRefusal(outcome) ? outcome : {});

/** 单价与数量: charges are taken back by a negative quantity, never by a negative price. */
export function checkQuantity({ pric, cnt }: { readonly pric: string; readonly cnt: string }): void {
  if (pric.startsWith('-')) throw new EnvelopeProblem('字段 pric 不能为负，冲减请用负的数量');
  if (!/[1-9]/.test(cnt)) throw new EnvelopeProblem('字段 cnt 不能为零');
}
