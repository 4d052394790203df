import { alias, list, node, optional, optionalList, usual } from '../field.js';
import { code, dateTime, day, decimal, flag, text, yuan } from '../kinds.js';
import { transaction } from '../transaction-form.js';
import { fundDetail, lineSplit, refundInfo, settlementInfo, trialInfo } from './money-nodes.js';
import * as nodes from './visit-nodes.js';

const register = 'hospitalRegisterService';

const settleRequest = {
  psn_no: nodes.psnNo,
  mdtrt_cert_type: nodes.certType,
  mdtrt_cert_no: nodes.certNo,
  medfee_sumamt: yuan('医疗费总额'),
  psn_setlway: usual(code('个人结算方式', 6, 'psn_setlway', 2)),
  mdtrt_id: nodes.mdtrtId,
  acct_used_flag: usual(flag('个人账户使用标志')),
  insutype: usual(nodes.insutype),
  invono: optional(text('发票号', 20)),
  mid_setl_flag: usual(flag('中途结算标志')),
  dscg_time: optional(day('出院时间')),
  exp_content: nodes.expContent,
} as const;

const visitOnly = { mdtrt_id: nodes.mdtrtId, psn_no: nodes.psnNo } as const;

/** 住院: admission, charges, trial, discharge, settlement and their undoing. */
export const inpatientTransactions = {
  '2301': transaction('2301', {
    name: '住院费用明细上传',
    kind: 'once',
    reversal: 'undone',
    paths: ['hospFeeDtlService/feeDtlUp'],
    note: '退费用负数明细并给出原费用流水号。',
    request: {
      feedetail: list('费用明细', {
        ...nodes.feeLine,
        init_feedetl_sn: optional(text('原费用流水号', 30)),
        drord_no: optional(text('医嘱号', 30)),
        med_type: usual(nodes.medType),
        chrg_bchno: optional(text('收费批次号', 30)),
        det_item_fee_sumamt: yuan('明细项目费用总额'),
        cnt: decimal('数量', '16,4'),
        pric: decimal('单价', '16,6'),
        ...nodes.dosage,
        memo: optional(text('备注', 500)),
      }),
    },
    answer: { result: list('明细分解结果', lineSplit) },
  }),
  '2302': transaction('2302', {
    name: '住院费用明细撤销',
    kind: 'once',
    reversal: { instead: '撤销不能冲正，请重新上传明细（2301）' },
    paths: ['hospFeeDtlService/feeDtlCl'],
    request: {
      data: list('撤销明细', {
        feedetl_sn: text('费用明细流水号（0000 为全部未结算明细）', 30),
        ...visitOnly,
      }),
    },
    answer: {},
  }),
  '2303': transaction('2303', {
    name: '住院预结算',
    kind: 'query',
    paths: ['hospSettService/preSett'],
    note: '出院前后均可，可多次。',
    request: { data: node('预结算信息', settleRequest) },
    answer: { setlinfo: node('结算信息', trialInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
  '2304': transaction('2304', {
    name: '住院结算',
    kind: 'committed',
    reversal: 'undone',
    paths: ['hospSettService/settV2', 'hospSettService/sett'],
    note: '四项分解金额由中心重新计算。中途结算（mid_setl_flag=1）不开放：跨年住院按出院日一次结算。',
    request: { data: node('结算信息', settleRequest) },
    answer: { setlinfo: node('结算信息', settlementInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
  '2305': transaction('2305', {
    name: '住院结算撤销',
    kind: 'once',
    reversal: 'undone',
    paths: ['hospSettService/settCl'],
    note: 'setl_id 为新的退费记录，init_setl_id 为原结算。',
    request: {
      data: node('撤销信息', { mdtrt_id: nodes.mdtrtId, setl_id: nodes.setlId, psn_no: nodes.psnNo }),
    },
    answer: { setlinfo: node('结算信息', refundInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
  '2401': transaction('2401', {
    name: '入院办理',
    kind: 'once',
    reversal: 'undone',
    paths: [`${register}/hospitalRegisterSave`],
    request: {
      mdtrtinfo: node('入院信息', {
        psn_no: nodes.psnNo,
        insutype: nodes.insutype,
        coner_name: optional(text('联系人姓名', 50)),
        tel: optional(text('联系电话', 50)),
        begntime: dateTime('开始时间'),
        mdtrt_cert_type: nodes.certType,
        mdtrt_cert_no: nodes.certNo,
        card_sn: optional(text('卡识别码', 32)),
        med_type: nodes.medType,
        ipt_no: alias(text('住院号', 30), 'ipt_otp_no'),
        medrcdno: optional(text('病历号', 30)),
        ...nodes.admissionPlace,
        ...nodes.disease,
        ...nodes.operation,
        ...nodes.maternity,
        dise_type_code: optional(text('病种类型', 6)),
        ...nodes.crossRegion,
        exp_content: nodes.expContent,
      }),
      diseinfo: optionalList('入院诊断', nodes.inpatientDiagnosis),
    },
    answer: { result: node('登记结果', { mdtrt_id: nodes.mdtrtId }) },
  }),
  '2402': transaction('2402', {
    name: '出院办理',
    kind: 'once',
    reversal: 'undone',
    paths: ['dscgService/dischargeProcess'],
    request: {
      dscginfo: alias(
        node('出院信息', {
          ...visitOnly,
          insutype: usual(nodes.insutype),
          endtime: dateTime('结束时间'),
          ...nodes.disease,
          ...nodes.operation,
          ...nodes.maternity,
          cop_flag: optional(flag('伴有并发症标志')),
          dscg_dept_codg: usual(alias(text('出院科室编码', 30), 'dscg_dept_code')),
          dscg_dept_name: usual(text('出院科室名称', 100)),
          dscg_bed: optional(text('出院床位', 30)),
          dscg_way: usual(code('离院方式', 3, 'dscg_way')),
          die_date: optional(day('死亡日期')),
          exp_content: nodes.expContent,
        }),
        'mdtrtinfo',
      ),
      diseinfo: optionalList('出院诊断', nodes.inpatientDiagnosis),
    },
    answer: {},
  }),
  '2403': transaction('2403', {
    name: '住院信息变更',
    kind: 'once',
    reversal: { instead: '请以正确内容再次变更（2403），后一次代替前一次' },
    paths: [`${register}/hospitalRegisterEdit`],
    note: '入院时间的变更不得晚于已上传的费用；给出的字段代替原值，未给出的保持不变。',
    request: {
      adminfo: node('变更信息', {
        ...visitOnly,
        coner_name: optional(text('联系人姓名', 50)),
        tel: optional(text('联系电话', 50)),
        begntime: usual(dateTime('开始时间')),
        endtime: optional(dateTime('结束时间')),
        mdtrt_cert_type: nodes.certType,
        med_type: usual(nodes.medType),
        ipt_otp_no: usual(alias(text('住院/门诊号', 30), 'ipt_no')),
        medrcdno: optional(text('病历号', 30)),
        ...nodes.admissionPlace,
        ...nodes.disease,
        ...nodes.operation,
        ...nodes.maternity,
        dise_type_code: optional(text('病种编号', 6)),
        ...nodes.crossRegion,
        exp_content: nodes.expContent,
      }),
      diseinfo: optionalList('入院诊断', nodes.inpatientDiagnosis),
    },
    answer: {},
  }),
  '2404': transaction('2404', {
    name: '入院撤销',
    kind: 'once',
    reversal: { instead: '撤销不能冲正，请重新办理入院（2401）' },
    paths: [`${register}/hospitalRegisterCancel`],
    request: { data: node('撤销信息', visitOnly) },
    answer: {},
  }),
  '2405': transaction('2405', {
    name: '出院撤销',
    kind: 'once',
    reversal: { instead: '撤销不能冲正，请重新办理出院（2402）' },
    paths: ['dscgService/dischargeUndo'],
    request: { data: node('撤销信息', visitOnly) },
    answer: {},
  }),
} as const;
