import { alias, list, node, optional, optionalList, usual } from '../field.js';
import { code, dateTime, decimal, flag, text, yuan } from '../kinds.js';
import { transaction } from '../transaction-form.js';
import { fundDetail, lineSplit, refundInfo, settlementInfo, trialInfo } from './money-nodes.js';
import * as nodes from './visit-nodes.js';

const documents = 'outpatientDocInfoService';
const settlements = 'outpatientSettleService';

const settleRequest = {
  psn_no: nodes.psnNo,
  mdtrt_cert_type: nodes.certType,
  mdtrt_cert_no: nodes.certNo,
  med_type: usual(nodes.medType),
  medfee_sumamt: yuan('医疗费总额'),
  psn_setlway: usual(code('个人结算方式', 6, 'psn_setlway', 2)),
  mdtrt_id: nodes.mdtrtId,
  chrg_bchno: text('收费批次号', 30),
  acct_used_flag: usual(flag('个人账户使用标志')),
  insutype: usual(nodes.insutype),
  invono: optional(text('发票号', 20)),
  exp_content: nodes.expContent,
} as const;

/** 门诊: registration, visit, charges, trial, settlement and their undoing. */
export const outpatientTransactions = {
  '2201': transaction('2201', {
    name: '门诊挂号',
    kind: 'once',
    reversal: 'undone',
    paths: [`${documents}/outpatientRregistration`],
    request: {
      data: node('挂号信息', {
        psn_no: nodes.psnNo,
        insutype: nodes.insutype,
        begntime: dateTime('开始时间'),
        mdtrt_cert_type: nodes.certType,
        mdtrt_cert_no: nodes.certNo,
        med_type: optional(nodes.medType),
        ipt_otp_no: alias(text('住院/门诊号', 30), 'ipt_no'),
        atddr_no: usual(text('医师编码', 30)),
        dr_name: usual(text('医师姓名', 50)),
        dept_code: usual(text('科室编码', 30)),
        dept_name: usual(text('科室名称', 100)),
        caty: usual(code('科别', 6, 'caty')),
        ...nodes.crossRegion,
        exp_content: nodes.expContent,
      }),
    },
    answer: {
      data: node('登记结果', {
        mdtrt_id: nodes.mdtrtId,
        psn_no: nodes.psnNo,
        ipt_otp_no: text('住院/门诊号', 30),
      }),
    },
  }),
  '2202': transaction('2202', {
    name: '门诊挂号撤销',
    kind: 'once',
    reversal: { instead: '撤销不能冲正，请重新挂号（2201）' },
    paths: [`${documents}/outpatientRegistrationCancel`],
    request: {
      data: node('撤销信息', {
        psn_no: nodes.psnNo,
        mdtrt_id: nodes.mdtrtId,
        ipt_otp_no: usual(text('住院/门诊号', 30)),
      }),
    },
    answer: {},
  }),
  '2203': transaction('2203', {
    name: '门诊就诊信息上传',
    kind: 'once',
    reversal: { instead: '请以正确内容重新上传（2203A），后一次代替前一次' },
    paths: [`${documents}/outpatientMdtrtinfoUp`, `${documents}/outpatientMdtrtinfoUpA`],
    note: '2203A 与 2203 相同；后一次上传代替前一次。',
    request: {
      mdtrtinfo: node('就诊信息', {
        mdtrt_id: nodes.mdtrtId,
        psn_no: nodes.psnNo,
        med_type: usual(nodes.medType),
        begntime: usual(dateTime('开始时间')),
        main_cond_dscr: optional(alias(text('主要病情描述', 1000), 'main_cond_desc')),
        ...nodes.disease,
        ...nodes.maternity,
        ...nodes.crossRegion,
        exp_content: nodes.expContent,
      }),
      diseinfo: list('诊断信息', nodes.outpatientDiagnosis),
    },
    answer: {},
  }),
  '2204': transaction('2204', {
    name: '门诊费用明细信息上传',
    kind: 'once',
    reversal: 'undone',
    paths: [`${documents}/outpatientFeeListUp`],
    request: {
      feedetail: list('费用明细', {
        ...nodes.feeLine,
        chrg_bchno: text('收费批次号', 30),
        ...nodes.disease,
        rxno: optional(text('处方号', 30)),
        rx_circ_flag: usual(flag('外购处方标志')),
        det_item_fee_sumamt: yuan('明细项目费用总额'),
        cnt: decimal('数量', '16,4'),
        pric: decimal('单价', '16,6'),
        ...nodes.dosage,
        init_feedetl_sn: optional(text('原费用流水号', 30)),
        memo: optional(text('备注', 500)),
      }),
    },
    answer: { result: list('明细分解结果', lineSplit) },
  }),
  '2205': transaction('2205', {
    name: '门诊费用明细撤销',
    kind: 'once',
    reversal: { instead: '撤销不能冲正，请重新上传明细（2204）' },
    paths: [`${documents}/outpatientFeeListUpCancel`],
    request: {
      data: node('撤销信息', {
        mdtrt_id: nodes.mdtrtId,
        chrg_bchno: text('收费批次号（0000 为全部未结算明细）', 30),
        psn_no: nodes.psnNo,
      }),
    },
    answer: {},
  }),
  '2206': transaction('2206', {
    name: '门诊预结算',
    kind: 'query',
    paths: [`${settlements}/preSettletment`, `${settlements}/preSettletmentA`],
    request: { data: node('预结算信息', settleRequest) },
    answer: { setlinfo: node('结算信息', trialInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
  '2207': transaction('2207', {
    name: '门诊结算',
    kind: 'committed',
    reversal: 'undone',
    paths: [`${settlements}/saveSettletmentV2`, `${settlements}/saveSettletment`, `${settlements}/saveSettletmentA`],
    note: '四项分解金额由中心重新计算，报文中回传的不作依据。',
    request: { data: node('结算信息', settleRequest) },
    answer: { setlinfo: node('结算信息', settlementInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
  '2208': transaction('2208', {
    name: '门诊结算撤销',
    kind: 'once',
    reversal: 'undone',
    paths: [`${settlements}/cancleSettletment`],
    note: 'setl_id 为新的退费记录，init_setl_id 为原结算。可隔笔、跨年、清算后撤销。',
    request: {
      data: node('撤销信息', { setl_id: nodes.setlId, mdtrt_id: nodes.mdtrtId, psn_no: nodes.psnNo }),
    },
    answer: { setlinfo: node('结算信息', refundInfo), setldetail: optionalList('基金分项', fundDetail) },
  }),
} as const;
