import { shanghaiDateTime } from '#shared/clock';
import { daysBetween, yearOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import { visitStateNames } from '../../visit/visit.transitions.js';
import type { SeenPerson } from '../caller/caller.repository.js';
import type { FoundLine, FoundVisit } from '../visit-queries.repository.js';
import { kept, keptFlag, keptNumber } from './details.js';
import { levelOf, lineAmounts, priceLimitNode } from './fee-line-nodes.js';
import { personOfQuery } from './person-nodes.js';
import { yuan } from './settlement-nodes.js';

type VisitNode = AnswerFrom<FormOf<'5201'>>['mdtrtinfo'][number];
type DiagnosisNode = AnswerFrom<FormOf<'5202'>>['diseinfo'][number];
type LineNode = AnswerFrom<FormOf<'5204'>>[number];

/** 起止时间: as the hospital wrote it, else the day. */
const moment = (written: string | null, day: Day): string =>
  written?.slice(0, 10) === day ? written : `${day} 00:00:00`;

const nobody = { opter_id: null, opter_name: null } as const;

/** 就诊信息 (5201): what the hospital wrote when it opened, changed and ended the visit, and where the visit stands. */
export function visitNode(visit: FoundVisit, person: SeenPerson, today: Day): VisitNode {
  const { details, admittedOn, dischargedOn } = visit;
  const text = (name: string): string | null => kept(details, name);
  const main = visit.diagnoses.find((one) => one.main);
  return {
    mdtrt_id: visit.visitId,
    ...personOfQuery(person, visit.scheme, today),
    coner_name: text('coner_name'),
    tel: text('tel'),
    maf_psn_flag: null,
    begntime: moment(text('begntime'), admittedOn),
    endtime: dischargedOn === null ? null : moment(text('endtime'), dischargedOn),
    mdtrt_cert_type: text('mdtrt_cert_type'),
    med_type: visit.medType,
    ars_year_ipt_flag: dischargedOn !== null && yearOf(dischargedOn) !== yearOf(admittedOn) ? '1' : '0',
    pre_pay_flag: '0',
    ipt_otp_no: visit.hospitalNo,
    medrcdno: text('medrcdno'),
    atddr_no: text('atddr_no'),
    chfpdr_name: text('chfpdr_name') ?? text('dr_name'),
    adm_dept_codg: text('adm_dept_codg') ?? text('dept_code'),
    adm_dept_name: text('adm_dept_name') ?? text('dept_name'),
    adm_bed: text('adm_bed'),
    dscg_maindiag_code: text('dscg_maindiag_code') ?? main?.code ?? null,
    dscg_maindiag_name: text('dscg_maindiag_name') ?? main?.name ?? null,
    dscg_dept_codg: text('dscg_dept_codg'),
    dscg_dept_name: text('dscg_dept_name'),
    dscg_bed: text('dscg_bed'),
    dscg_way: text('dscg_way'),
    main_cond_dscr: text('main_cond_dscr'),
    dise_codg: text('dise_codg'),
    dise_name: text('dise_name'),
    oprn_oprt_code: text('oprn_oprt_code'),
    oprn_oprt_name: text('oprn_oprt_name'),
    otp_diag_info: visit.setting === 'outpatient' ? (main?.name.slice(0, 200) ?? null) : null,
    inhosp_stas: visit.setting === 'outpatient' ? null : visit.status === 'admitted' ? '1' : '0',
    die_date: text('die_date'),
    ipt_days: visit.setting === 'outpatient' ? null : Math.max(1, daysBetween(admittedOn, dischargedOn ?? today)),
    fpsc_no: text('fpsc_no'),
    matn_type: text('matn_type'),
    birctrl_type: text('birctrl_type'),
    latechb_flag: keptFlag(details, 'latechb_flag'),
    geso_val: keptNumber(details, 'geso_val'),
    fetts: keptNumber(details, 'fetts'),
    fetus_cnt: keptNumber(details, 'fetus_cnt'),
    pret_flag: keptFlag(details, 'pret_flag'),
    birctrl_matn_date: text('birctrl_matn_date'),
    cop_flag: keptFlag(details, 'cop_flag'),
    ...nobody,
    opt_time: shanghaiDateTime(visit.openedAt),
    memo: `就诊状态：${visitStateNames[visit.status]}`,
  };
}

/** 诊断信息 (5202). */
export const diagnosisNodes = (visit: FoundVisit): DiagnosisNode[] =>
  visit.diagnoses.map((one, index) => ({
    diag_info_id: `${visit.visitId}-${index + 1}`,
    mdtrt_id: visit.visitId,
    psn_no: visit.personNo,
    inout_diag_type: one.inout,
    diag_type: one.type,
    maindiag_flag: one.main ? '1' : '0',
    diag_srt_no: one.order,
    diag_code: one.code,
    diag_name: one.name,
    adm_cond: kept(one.details, 'adm_cond'),
    diag_dept: kept(one.details, 'diag_dept'),
    dise_dor_no: kept(one.details, 'dise_dor_no'),
    dise_dor_name: kept(one.details, 'dise_dor_name'),
    diag_time: kept(one.details, 'diag_time'),
    ...nobody,
    opt_time: shanghaiDateTime(visit.openedAt),
  }));

/** 费用明细 (5204). */
export function feeLineNode(line: FoundLine, visit: FoundVisit): LineNode {
  const text = (name: string): string | null => kept(line.details, name);
  const flag = (name: string): '0' | '1' | null => keptFlag(line.details, name);
  return {
    mdtrt_id: line.visitId,
    setl_id: line.settlementId,
    feedetl_sn: line.lineNo,
    rx_drord_no: text('rxno') ?? text('drord_no'),
    med_type: text('med_type') ?? visit.medType,
    fee_ocur_time: moment(text('fee_ocur_time'), line.occurredOn),
    cnt: Number(line.quantity),
    pric: Number(line.price),
    sin_dos_dscr: text('sin_dos_dscr'),
    used_frqu_dscr: text('used_frqu_dscr'),
    prd_days: keptNumber(line.details, 'prd_days'),
    medc_way_dscr: text('medc_way_dscr'),
    det_item_fee_sumamt: yuan(line.totalFen),
    pric_uplmt_amt: priceLimitNode(line),
    selfpay_prop: Number(line.firstPayRatio),
    ...lineAmounts(line),
    chrgitm_lv: levelOf[line.class],
    hilist_code: line.itemCode,
    hilist_name: line.itemName ?? '',
    list_type: null,
    med_list_codg: line.itemCode,
    medins_list_codg: text('medins_list_codg'),
    medins_list_name: text('medins_list_name'),
    med_chrgitm_type: line.category,
    prodname: null,
    spec: null,
    dosform_name: null,
    bilg_dept_codg: text('bilg_dept_codg'),
    bilg_dept_name: text('bilg_dept_name'),
    bilg_dr_codg: text('bilg_dr_codg'),
    bilg_dr_name: text('bilg_dr_name'),
    acord_dept_codg: text('acord_dept_codg'),
    acord_dept_name: text('acord_dept_name'),
    orders_dr_code: text('orders_dr_code'),
    orders_dr_name: text('orders_dr_name'),
    lmt_used_flag: '0',
    hosp_prep_flag: null,
    hosp_appr_flag: text('hosp_appr_flag'),
    tcmdrug_used_way: text('tcmdrug_used_way'),
    prodplac_type: null,
    bas_medn_flag: null,
    hi_nego_drug_flag: null,
    chld_medc_flag: null,
    etip_flag: flag('etip_flag'),
    etip_hosp_code: text('etip_hosp_code'),
    dscg_tkdrug_flag: flag('dscg_tkdrug_flag'),
    list_sp_item_flag: null,
    matn_fee_flag: flag('matn_fee_flag'),
    drt_reim_flag: null,
    memo: text('memo'),
    ...nobody,
    opt_time: null,
  };
}
