import { list, node, optional, optionalList, usual } from '../field.js';
import { area, code, count, dateTime, day, decimal, flag, text, yuan } from '../kinds.js';
import { transaction } from '../transaction-form.js';
import { personFields } from './money-nodes.js';
import * as nodes from './visit-nodes.js';

const paging = {
  page_num: count('当前页数', 4),
  page_size: count('本页数据量', 4),
} as const;

/** 分页: the keys that stand beside `data` in paged answers. */
const pages = {
  firstPage: flag('是否首页'),
  lastPage: flag('是否末页'),
  size: count('本页行数', 9),
  startRow: count('起始行', 9),
  endRow: count('结束行', 9),
  pageNum: count('当前页数', 9),
  pageSize: count('本页数据量', 9),
  recordCounts: count('总行数', 9),
  pages: count('总页数', 9),
} as const;

const catalogueRequest = {
  query_date: optional(day('查询时间点')),
  hilist_code: optional(text('医保目录编码', 50)),
  hilist_name: optional(text('医保目录名称', 200)),
  insu_admdvs: optional(area('医保区划')),
  med_chrgitm_type: optional(code('医疗收费项目类别', 6, 'med_chrgitm_type', 2)),
  chrgitm_lv: optional(code('收费项目等级', 3, 'chrgitm_lv', 2)),
  updt_time: usual(dateTime('更新时间')),
  ...paging,
} as const;

const catalogueItem = {
  hilist_code: text('医保目录编码', 50),
  insu_admdvs: area('医保区划（就医地）'),
  begndate: day('开始日期'),
  enddate: optional(day('结束日期')),
  vali_flag: flag('有效标志'),
} as const;

/** 人员、机构、目录、字典: who it is, where to go, what the catalogue of the treatment place says. */
export const personTransactions = {
  '1101': transaction('1101', {
    name: '人员基本信息获取',
    kind: 'query',
    paths: ['fsiPsnInfoService/queryPsnInfo'],
    note: '身份证（02）凭号码；社会保障卡（03）和电子凭证（01）须同时给出证件号码。查得的人员编号此后可用于本机构的其他交易。',
    request: {
      data: node('就诊凭证', {
        mdtrt_cert_type: usual(code('就诊凭证类型', 3, 'mdtrt_cert_type', 2)),
        mdtrt_cert_no: usual(text('就诊凭证编号', 50)),
        card_sn: optional(text('卡识别码', 32)),
        begntime: optional(dateTime('开始时间（查询历史参保）')),
        psn_cert_type: optional(code('人员证件类型', 6, 'psn_cert_type', 2)),
        certno: optional(text('证件号码', 50)),
        psn_name: optional(text('人员姓名', 50)),
      }),
    },
    answer: {
      baseinfo: node('基本信息', personFields),
      insuinfo: list('参保信息', {
        balc: yuan('个人账户余额'),
        insutype: nodes.insutype,
        psn_type: code('人员类别', 6, 'psn_type'),
        psn_insu_stas: code('人员参保状态', 6, 'psn_insu_stas'),
        psn_insu_date: optional(day('个人参保日期')),
        paus_insu_date: optional(day('暂停参保日期')),
        cvlserv_flag: flag('公务员标志'),
        insuplc_admdvs: area('参保地医保区划'),
        emp_name: optional(text('单位名称', 200)),
      }),
      idetinfo: optionalList('身份信息', {
        psn_idet_type: code('人员身份类别', 3, 'psn_idet_type'),
        psn_type_lv: optional(code('人员类别等级', 3, 'psn_type_lv')),
        memo: optional(text('备注', 500)),
        begntime: dateTime('开始时间'),
        endtime: optional(dateTime('结束时间')),
      }),
    },
  }),
  '1201': transaction('1201', {
    name: '医药机构信息获取',
    kind: 'query',
    paths: ['fsiFixMedInsService/queryFixMedIns'],
    request: {
      medinsinfo: node('查询条件', {
        fixmedins_type: usual(code('定点医疗服务机构类型', 6, 'fixmedins_type')),
        fixmedins_name: optional(text('机构名称（模糊）', 200)),
        fixmedins_code: optional(text('机构编号', 30)),
      }),
    },
    answer: {
      medinsinfo: list('医药机构', {
        fixmedins_code: text('定点医药机构编号', 30),
        fixmedins_name: text('定点医药机构名称', 500),
        uscc: optional(text('统一社会信用代码', 50)),
        fixmedins_type: code('定点医疗服务机构类型', 6, 'fixmedins_type'),
        hosp_lv: optional(code('医院等级', 6, 'hosp_lv')),
      }),
    },
  }),
  '1312': transaction('1312', {
    name: '医保目录信息查询',
    kind: 'query',
    note: '就医地目录，与费用分解所用的是同一份。',
    request: { data: node('查询条件', catalogueRequest) },
    answer: {
      ...pages,
      data: list('目录', {
        ...catalogueItem,
        hilist_name: text('医保目录名称', 200),
        med_chrgitm_type: code('医疗收费项目类别', 6, 'med_chrgitm_type', 2),
        chrgitm_lv: code('收费项目等级', 3, 'chrgitm_lv', 2),
        lmt_used_flag: flag('限制使用标志'),
      }),
    },
  }),
  '1318': transaction('1318', {
    name: '医保目录限价信息查询',
    kind: 'query',
    request: { data: node('查询条件', catalogueRequest) },
    answer: {
      ...pages,
      data: list('限价', {
        ...catalogueItem,
        hilist_lmtpric_type: code('医保目录限价类型', 6, 'hilist_lmtpric_type'),
        overlmt_dspo_way: code('医保目录超限处理方式', 6, 'overlmt_dspo_way'),
        hilist_pric_uplmt_amt: decimal('医保目录定价上限金额', '16,6'),
      }),
    },
  }),
  '1319': transaction('1319', {
    name: '医保目录先自付比例信息查询',
    kind: 'query',
    request: { data: node('查询条件', catalogueRequest) },
    answer: {
      ...pages,
      data: list('先自付比例', {
        ...catalogueItem,
        selfpay_prop_psn_type: code('医保目录自付比例人员类别', 6, 'selfpay_prop_psn_type'),
        selfpay_prop_type: code('目录自付比例类别', 6, 'selfpay_prop_type'),
        selfpay_prop: decimal('自付比例', '5,4'),
      }),
    },
  }),
  '1901': transaction('1901', {
    name: '字典表查询',
    kind: 'query',
    request: {
      data: node('查询条件', {
        type: text('字典类型', 30),
        parentValue: optional(text('父字典键值', 10)),
        admdvs: usual(area('行政区划')),
        date: usual(day('查询日期')),
        valiFlag: optional(flag('有效标志')),
      }),
    },
    answer: {
      list: list('字典', {
        type: text('字典类型', 30),
        label: text('字典标签', 200),
        value: text('字典键值', 30),
        parent_value: optional(text('父字典键值', 30)),
        sort: count('序号', 4),
        vali_flag: flag('有效标志'),
        create_user: optional(text('创建账户', 50)),
        create_date: optional(dateTime('创建时间')),
        version: optional(text('版本号', 20)),
      }),
    },
  }),
  '2001': transaction('2001', {
    name: '人员待遇享受检查',
    kind: 'query',
    paths: ['fsiPsnPriorityInfoService/queryPsnPriorityInfo'],
    note: '逐项说明参保、备案与就医地、慢特病资格；trt_chk_rslt 写明备案类别、就医地与止期，或不能享受的原因。',
    request: {
      data: node('检查条件', {
        psn_no: nodes.psnNo,
        insutype: nodes.insutype,
        fixmedins_code: usual(text('定点医药机构编号', 30)),
        med_type: nodes.medType,
        begntime: dateTime('开始时间'),
        endtime: optional(dateTime('结束时间')),
        ...nodes.disease,
        ...nodes.operation,
        matn_type: optional(code('生育类别', 6, 'matn_type')),
        birctrl_type: optional(code('计划生育手术类别', 6, 'birctrl_type')),
      }),
    },
    answer: {
      trtinfo: list('待遇检查结果', {
        psn_no: nodes.psnNo,
        trt_chk_type: code('待遇检查类型', 6, 'trt_chk_type'),
        fund_pay_type: code('基金支付类型', 6, 'fund_pay_type'),
        trt_enjymnt_flag: flag('基金款项待遇享受标志'),
        begndate: day('开始日期'),
        enddate: optional(day('结束日期')),
        trt_chk_rslt: optional(text('待遇检查结果', 500)),
      }),
    },
  }),
} as const;

export { pages, paging };
