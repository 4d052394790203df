import { alias, list, node, optional, optionalList, orFlat, usual } from '../field.js';
import { code, count, dateTime, day, decimal, flag, text, yuan } from '../kinds.js';
import { transaction } from '../transaction-form.js';
import { paging } from './person.js';
import * as nodes from './visit-nodes.js';

const visitKey = text('医药机构就诊ID', 30);
const institution = usual(text('定点医药机构编号', 30));

/** 自费费用明细. */
const line = {
  bkkp_sn: alias(text('记账流水号', 30), 'feedetl_sn'),
  fee_ocur_time: dateTime('费用发生时间'),
  med_type: usual(nodes.medType),
  cnt: decimal('数量', '16,4'),
  pric: decimal('单价', '16,6'),
  det_item_fee_sumamt: yuan('明细项目费用总额'),
  med_list_codg: text('医疗目录编码', 50),
  medins_list_codg: usual(text('医药机构目录编码', 150)),
  medins_list_name: usual(text('医药机构目录名称', 100)),
  med_chrgitm_type: usual(code('医疗收费项目类别', 6, 'med_chrgitm_type', 2)),
  prodname: optional(text('商品名', 200)),
  bilg_dept_codg: usual(text('开单科室编码', 30)),
  bilg_dept_name: usual(text('开单科室名称', 100)),
  bilg_dr_code: usual(alias(text('开单医生编码', 30), 'bilg_dr_codg')),
  bilg_dr_name: usual(text('开单医生姓名', 50)),
  tcmdrug_used_way: optional(code('中药使用方式', 6, 'tcmdrug_used_way')),
  etip_flag: optional(flag('外检标志')),
  etip_hosp_code: optional(text('外检医院编码', 30)),
  dscg_tkdrug_flag: optional(flag('出院带药标志')),
  ...nodes.dosage,
} as const;

/** 自费病人就诊. */
const visit = {
  fixmedins_mdtrt_id: visitKey,
  fixmedins_code: institution,
  fixmedins_name: usual(text('定点医药机构名称', 200)),
  psn_cert_type: usual(code('人员证件类型', 6, 'psn_cert_type', 2)),
  certno: text('证件号码', 50),
  psn_name: text('人员姓名', 50),
  gend: optional(code('性别', 6, 'gend')),
  brdy: optional(day('出生日期')),
  coner_name: optional(text('联系人姓名', 50)),
  tel: optional(text('联系电话', 50)),
  addr: optional(text('联系地址', 500)),
  begntime: dateTime('开始时间'),
  endtime: optional(dateTime('结束时间')),
  med_type: nodes.medType,
  ipt_otp_no: optional(alias(text('住院/门诊号', 30), 'ipt_no')),
  medrcdno: optional(text('病历号', 30)),
  chfpdr_code: optional(alias(text('主诊医师代码', 30), 'atddr_no')),
  chfpdr_name: optional(text('主诊医师姓名', 50)),
  adm_diag_dscr: optional(text('入院诊断描述', 200)),
  adm_dept_codg: optional(text('入院科室编码', 30)),
  adm_dept_name: optional(text('入院科室名称', 100)),
  dscg_maindiag_code: optional(text('主诊断代码', 30)),
  dscg_maindiag_name: optional(text('主诊断名称', 300)),
  dscg_way: optional(code('离院方式', 3, 'dscg_way')),
  ...nodes.disease,
  ...nodes.operation,
  medfee_sumamt: optional(yuan('医疗费总额')),
  elec_bill_code: optional(text('电子票据代码', 50)),
  elec_billno_code: optional(text('电子票据号码', 50)),
  elec_bill_chkcode: optional(text('电子票据校验码', 20)),
  exp_content: nodes.expContent,
} as const;

const diagnosis = {
  inout_diag_type: optional(code('出入院诊断类别', 6, 'inout_diag_type')),
  diag_type: usual(code('诊断类别', 3, 'diag_type')),
  maindiag_flag: optional(flag('主诊断标志')),
  diag_srt_no: usual(count('诊断排序号', 2)),
  diag_code: text('诊断代码', 30),
  diag_name: usual(text('诊断名称', 255)),
  diag_dept: optional(text('诊断科室', 50)),
  diag_dr_code: optional(alias(text('诊断医师代码', 30), 'dise_dor_no')),
  diag_dr_name: optional(alias(text('诊断医师姓名', 50), 'dise_dor_name')),
  diag_time: optional(dateTime('诊断时间')),
} as const;

const key = { fixmedins_mdtrt_id: visitKey, fixmedins_code: institution } as const;
const pagedKey = { ...key, ...paging } as const;
const totals = { recordCounts: count('总行数', 9), pages: count('总页数', 9) } as const;
const again = { instead: '未完成时可直接更正：删除（4204、4206）后重新上传' } as const;

/** 自费病人费用: complete bills of patients who paid all of it, kept for a reimbursement later (N61 H59). */
export const selfPayTransactions = {
  '4201A': transaction('4201A', {
    name: '自费病人住院费用明细信息上传',
    kind: 'once',
    reversal: again,
    note: '一次一名患者；可在 4202 之前或之后，可分批。分解按就医地目录由中心计算。',
    request: {
      fsiOwnpayPatnFeeListDDTO: alias(list('费用明细', { fixmedins_mdtrt_id: visitKey, ...line }), 'feedetail'),
    },
    answer: {},
  }),
  '4202': transaction('4202', {
    name: '自费病人住院就诊和诊断信息上传',
    kind: 'once',
    reversal: again,
    note: '再次上传代替前一次，直到完成（4203）。',
    request: {
      ownPayPatnMdtrtD: alias(node('就诊信息', visit), 'mdtrtinfo'),
      ownPayPatnDiagListD: alias(optionalList('诊断信息', diagnosis), 'diseinfo'),
    },
    answer: {},
  }),
  '4203': transaction('4203', {
    name: '自费病人就诊以及费用明细上传完成',
    kind: 'once',
    reversal: { instead: '完成后账单不再改变' },
    note: '就诊、诊断、明细齐全且合计相符时完成；此后账单永久保存，不能再改。',
    request: { data: orFlat(node('完成信息', { ...key, cplt_flag: usual(flag('完成标志')) })) },
    answer: {},
  }),
  '4204': transaction('4204', {
    name: '自费病人住院费用明细删除',
    kind: 'once',
    reversal: { instead: '请重新上传明细（4201A）' },
    request: {
      feedetail: alias(
        list('删除明细', { ...key, bkkp_sn: optional(text('记账流水号（空为全部）', 30)) }),
        'data',
        'feedetl',
      ),
    },
    answer: {},
  }),
  '4205': transaction('4205', {
    name: '自费病人门诊就医信息上传',
    kind: 'once',
    reversal: again,
    note: '就诊、诊断、明细一次上传，合计相符即完成。',
    request: {
      mdtrtinfo: node('就诊信息', visit),
      diseinfo: list('诊断信息', diagnosis),
      feedetail: list('费用明细', { fixmedins_mdtrt_id: visitKey, ...line }),
    },
    answer: {},
  }),
  '4206': transaction('4206', {
    name: '自费病人门诊就医信息删除',
    kind: 'once',
    reversal: { instead: '请重新上传（4205）' },
    note: '当日误传可删除；已过当日或已进入手工报销的账单不能删除。',
    request: { data: orFlat(node('删除信息', key)) },
    answer: {},
  }),
  '4207': transaction('4207', {
    name: '自费病人就医费用明细查询',
    kind: 'query',
    request: { data: orFlat(node('查询条件', pagedKey)) },
    answer: {
      ...totals,
      data: list('费用明细', {
        fixmedinsMdtrtId: visitKey,
        bkkpSn: text('记账流水号', 30),
        feeOcurTime: dateTime('费用发生时间'),
        medListCodg: text('医疗目录编码', 50),
        medinsListName: optional(text('医药机构目录名称', 100)),
        medChrgitmType: optional(code('医疗收费项目类别', 6, 'med_chrgitm_type', 2)),
        cnt: decimal('数量', '16,4'),
        pric: decimal('单价', '16,6'),
        detItemFeeSumamt: yuan('明细项目费用总额'),
        fulamtOwnpayAmt: yuan('全自费金额'),
        overlmtSelfpay: yuan('超限价自费金额'),
        preselfpayAmt: yuan('先行自付金额'),
        inscpAmt: yuan('符合政策范围金额'),
      }),
    },
  }),
  '4208': transaction('4208', {
    name: '自费病人就医就诊信息查询',
    kind: 'query',
    request: { data: orFlat(node('查询条件', pagedKey)) },
    answer: {
      ...totals,
      data: list('就诊信息', {
        fixmedinsMdtrtId: visitKey,
        fixmedinsCode: text('定点医药机构编号', 30),
        psnCertType: optional(code('人员证件类型', 6, 'psn_cert_type', 2)),
        certno: text('证件号码（遮盖）', 50),
        psnName: text('人员姓名', 50),
        begntime: dateTime('开始时间'),
        endtime: optional(dateTime('结束时间')),
        medType: nodes.medType,
        medfeeSumamt: yuan('医疗费总额'),
        cpltFlag: flag('完成标志'),
      }),
    },
  }),
  '4209': transaction('4209', {
    name: '自费病人就医诊断信息查询',
    kind: 'query',
    request: { data: orFlat(node('查询条件', pagedKey)) },
    answer: {
      ...totals,
      data: list('诊断信息', {
        fixmedinsMdtrtId: visitKey,
        diagType: optional(code('诊断类别', 3, 'diag_type')),
        maindiagFlag: flag('主诊断标志'),
        diagSrtNo: optional(count('诊断排序号', 2)),
        diagCode: text('诊断代码', 30),
        diagName: optional(text('诊断名称', 255)),
      }),
    },
  }),
} as const;
