import { optional } from '../field.js';
import { area, code, dateTime, day, decimal, flag, text, yuan } from '../kinds.js';
import { insutype, mdtrtId, medType, psnNo, setlId } from './visit-nodes.js';

/** 费用四分. */
export const scopeAmounts = {
  fulamt_ownpay_amt: yuan('全自费金额'),
  overlmt_selfpay: yuan('超限价自费费用'),
  preselfpay_amt: yuan('先行自付金额'),
  inscp_scp_amt: yuan('符合政策范围金额'),
} as const;

/** 基金支付栏目. */
export const fundAmounts = {
  hifp_pay: yuan('基本医疗保险统筹基金支出'),
  cvlserv_pay: yuan('公务员医疗补助资金支出'),
  hifes_pay: yuan('企业补充医疗保险基金支出'),
  hifmi_pay: yuan('居民大病保险资金支出'),
  hifob_pay: yuan('职工大额医疗费用补助基金支出'),
  hifdm_pay: yuan('伤残人员医疗保障基金支出'),
  maf_pay: yuan('医疗救助基金支出'),
  oth_pay: yuan('其他支出'),
} as const;

/** Amounts of a settlement, the same in a trial, a settlement and a refund. */
export const settlementAmounts = {
  medfee_sumamt: yuan('医疗费总额'),
  ...scopeAmounts,
  act_pay_dedc: yuan('实际支付起付线'),
  pool_prop_selfpay: decimal('基本医疗保险统筹基金支付比例', '5,4'),
  ...fundAmounts,
  hosp_part_amt: yuan('医院负担金额'),
  fund_pay_sumamt: yuan('基金支付总额'),
  psn_part_amt: yuan('个人负担总金额'),
  acct_pay: yuan('个人账户支出'),
  psn_cash_pay: yuan('个人现金支出'),
  balc: yuan('余额'),
  acct_mulaid_pay: yuan('个人账户共济支付金额'),
} as const;

/** Who it is, as answers show it; the certificate number is masked where the hospital did not send it. */
export const personFields = {
  psn_no: psnNo,
  psn_cert_type: code('人员证件类型', 6, 'psn_cert_type', 2),
  certno: text('证件号码', 50),
  psn_name: text('人员姓名', 50),
  gend: code('性别', 6, 'gend'),
  naty: optional(code('民族', 3, 'naty')),
  brdy: optional(day('出生日期')),
  age: optional(decimal('年龄', '4,1')),
} as const;

const trialFields = {
  mdtrt_id: mdtrtId,
  ...personFields,
  insutype: optional(insutype),
  psn_type: code('人员类别', 6, 'psn_type'),
  cvlserv_flag: flag('公务员标志'),
  mdtrt_cert_type: optional(code('就诊凭证类型', 3, 'mdtrt_cert_type', 2)),
  med_type: medType,
  ...settlementAmounts,
  medins_setl_id: text('医药机构结算ID（请求报文 ID）', 64),
  clr_optins: optional(area('清算经办机构')),
  clr_way: optional(code('清算方式', 6, 'clr_way')),
  clr_type: code('清算类别', 6, 'clr_type'),
} as const;

/** 预结算结果. */
export const trialInfo = { ...trialFields, setl_time: optional(dateTime('结算时间')) } as const;

/** 结算结果. */
export const settlementInfo = { setl_id: setlId, ...trialFields, setl_time: dateTime('结算时间') } as const;

/** 结算撤销结果: every amount negated, the ratio and the balance not; the cash in both spellings that are in use. */
export const refundInfo = {
  mdtrt_id: mdtrtId,
  setl_id: setlId,
  init_setl_id: setlId,
  setl_time: dateTime('结算时间'),
  ...settlementAmounts,
  pdn_cash_pay: yuan('个人现金支出（规范原文拼写）'),
  medins_setl_id: text('医药机构结算ID（请求报文 ID）', 64),
  clr_optins: optional(area('清算经办机构')),
  refd_setl_flag: flag('退费结算标志'),
} as const;

/** 基金分项. */
export const fundDetail = {
  fund_pay_type: code('基金支付类型', 6, 'fund_pay_type'),
  inscp_scp_amt: yuan('符合政策范围金额'),
  crt_payb_lmt_amt: yuan('本次可支付限额金额'),
  fund_payamt: yuan('基金支付金额'),
  fund_pay_type_name: optional(text('基金支付类型名称', 200)),
  setl_proc_info: optional(text('结算过程信息', 4000)),
} as const;

/** 明细分解: how the catalogue of the treatment place splits a line (2204, 2301). */
export const lineSplit = {
  feedetl_sn: text('费用明细流水号', 30),
  det_item_fee_sumamt: yuan('明细项目费用总额'),
  cnt: decimal('数量', '16,4'),
  pric: decimal('单价', '16,6'),
  pric_uplmt_amt: decimal('定价上限金额（999999 为不限价）', '16,6'),
  selfpay_prop: optional(decimal('自付比例', '5,4')),
  fulamt_ownpay_amt: optional(yuan('全自费金额')),
  overlmt_amt: optional(yuan('超限价金额')),
  preselfpay_amt: optional(yuan('先行自付金额')),
  inscp_scp_amt: optional(yuan('符合政策范围金额')),
  chrgitm_lv: code('收费项目等级', 3, 'chrgitm_lv', 2),
  med_chrgitm_type: code('医疗收费项目类别', 6, 'med_chrgitm_type', 2),
  bas_medn_flag: optional(flag('基本药物标志')),
  hi_nego_drug_flag: optional(flag('医保谈判药品标志')),
  chld_medc_flag: optional(flag('儿童用药标志')),
  list_sp_item_flag: optional(flag('目录特项标志')),
  lmt_used_flag: flag('限制使用标志'),
  drt_reim_flag: optional(flag('直报标志')),
  memo: optional(text('备注', 500)),
} as const;
