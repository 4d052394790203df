import { alias, optional, usual } from '../field.js';
import { code, count, dateTime, day, decimal, extension, flag, text } from '../kinds.js';

/** Fields that many transactions share, written once. */
export const psnNo = text('人员编号', 30);
export const mdtrtId = text('就诊ID', 30);
export const setlId = text('结算ID', 30);
export const insutype = code('险种类型', 6, 'insutype');
export const medType = code('医疗类别', 6, 'med_type');
export const certType = usual(code('就诊凭证类型', 3, 'mdtrt_cert_type', 2));
export const certNo = usual(text('就诊凭证编号', 50));
export const expContent = optional(alias(extension(), 'expContent'));

/** 病种与手术. */
export const disease = {
  dise_codg: optional(alias(text('病种编码', 30), 'dise_code')),
  dise_name: optional(text('病种名称', 500)),
} as const;
export const operation = {
  oprn_oprt_code: optional(text('手术操作代码', 30)),
  oprn_oprt_name: optional(text('手术操作名称', 500)),
} as const;

/** 生育. */
export const maternity = {
  fpsc_no: optional(text('计划生育服务证号', 50)),
  matn_type: optional(code('生育类别', 6, 'matn_type')),
  birctrl_type: optional(code('计划生育手术类别', 6, 'birctrl_type')),
  latechb_flag: optional(flag('晚育标志')),
  geso_val: optional(count('孕周数', 2)),
  fetts: optional(count('胎次', 3)),
  fetus_cnt: optional(count('胎儿数', 3)),
  pret_flag: optional(flag('早产标志')),
  birctrl_matn_date: optional(day('计划生育手术或生育日期')),
} as const;

/** 异地就医附加项: emergency, injury, third party. */
export const crossRegion = {
  er_flag: optional(flag('急诊标志')),
  otp_er_refl_flag: optional(flag('门诊急诊转诊标志')),
  trum_flag: optional(flag('外伤标志')),
  rel_ttp_flag: optional(flag('涉及第三方标志')),
  mdtrt_grp_type: optional(code('就诊人群类型', 6, 'mdtrt_grp_type')),
} as const;

export const admissionPlace = {
  atddr_no: usual(text('主治医生编码', 30)),
  chfpdr_name: usual(text('主诊医师姓名', 50)),
  adm_diag_dscr: usual(text('入院诊断描述', 200)),
  adm_dept_codg: usual(alias(text('入院科室编码', 30), 'adm_dept_code')),
  adm_dept_name: usual(text('入院科室名称', 100)),
  adm_bed: usual(text('入院床位', 30)),
  dscg_maindiag_code: usual(text('住院主诊断代码', 20)),
  dscg_maindiag_name: usual(text('住院主诊断名称', 300)),
  main_cond_dscr: optional(alias(text('主要病情描述', 1000), 'main_cond_desc')),
} as const;

const diagnosisOrder = usual(count('诊断排序号', 2));

/** 门诊诊断. */
export const outpatientDiagnosis = {
  diag_type: usual(code('诊断类别', 3, 'diag_type')),
  maindiag_flag: optional(flag('主诊断标志')),
  diag_srt_no: diagnosisOrder,
  diag_code: text('诊断代码', 20),
  diag_name: usual(text('诊断名称', 100)),
  diag_dept: usual(text('诊断科室', 50)),
  dise_dor_no: usual(text('诊断医生编码', 30)),
  dise_dor_name: usual(text('诊断医生姓名', 50)),
  diag_time: usual(dateTime('诊断时间')),
  vali_flag: usual(flag('有效标志')),
} as const;

/** 住院诊断. */
export const inpatientDiagnosis = {
  mdtrt_id: optional(mdtrtId),
  psn_no: usual(psnNo),
  ...outpatientDiagnosis,
  adm_cond: optional(text('入院病情', 500)),
} as const;

/** 费用明细 common to 2204 and 2301. */
export const feeLine = {
  feedetl_sn: text('费用明细流水号', 30),
  mdtrt_id: mdtrtId,
  psn_no: psnNo,
  fee_ocur_time: dateTime('费用发生时间'),
  med_list_codg: text('医疗目录编码', 50),
  medins_list_codg: usual(text('医药机构目录编码', 150)),
  medins_list_name: optional(text('医药机构目录名称', 100)),
  bilg_dept_codg: usual(text('开单科室编码', 30)),
  bilg_dept_name: usual(text('开单科室名称', 100)),
  bilg_dr_codg: usual(alias(text('开单医生编码', 30), 'bilg_dr_code')),
  bilg_dr_name: usual(text('开单医师姓名', 50)),
  acord_dept_codg: optional(text('受单科室编码', 30)),
  acord_dept_name: optional(text('受单科室名称', 100)),
  orders_dr_code: optional(text('受单医生编码', 30)),
  orders_dr_name: optional(text('受单医生姓名', 50)),
  hosp_appr_flag: usual(code('医院审批标志', 3, 'hosp_appr_flag')),
  tcmdrug_used_way: optional(code('中药使用方式', 6, 'tcmdrug_used_way')),
  etip_flag: optional(flag('外检标志')),
  etip_hosp_code: optional(text('外检医院编码', 30)),
  dscg_tkdrug_flag: optional(flag('出院带药标志')),
  matn_fee_flag: optional(flag('生育费用标志')),
  exp_content: expContent,
} as const;

/** 用法用量. */
export const dosage = {
  sin_dos_dscr: optional(text('单次剂量描述', 200)),
  used_frqu_dscr: optional(text('使用频次描述', 200)),
  prd_days: optional(decimal('周期天数', '4,2')),
  medc_way_dscr: optional(text('用药途径描述', 200)),
} as const;
