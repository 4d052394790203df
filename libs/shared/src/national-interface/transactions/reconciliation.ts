import { alias, node, optional, usual } from '../field.js';
import { area, bytes, code, count, dateTime, day, text, yuan } from '../kinds.js';
import { transaction } from '../transaction-form.js';
import * as nodes from './visit-nodes.js';

const clrType = code('清算类别', 6, 'clr_type');
const setlOptins = usual(alias(area('结算经办机构'), 'clr_optins'));
const refunds = optional(alias(code('退费结算标志（1 或空含退费，0 不含）', 6, 'refd_setl_flag'), 'REFD_SETL_FLAG'));
const period = { stmt_begndate: day('对账开始日期'), stmt_enddate: day('对账结束日期') } as const;

const fileKey = {
  file_qury_no: text('文件查询号', 30),
  filename: usual(text('文件名', 200)),
} as const;

/** 对账、申报、文件、签到、冲正. */
export const reconciliationTransactions = {
  '3201': transaction('3201', {
    name: '医药机构费用结算对总账',
    kind: 'once',
    reversal: { instead: '对账结果不需冲正，可重新对账' },
    paths: ['ybSettlementStmtService/stmtTotal'],
    note: '已冲正的结算及其冲销记录不计入。stmt_rslt 0 平、1 不平。',
    request: {
      data: node('对账信息', {
        insutype: nodes.insutype,
        clr_type: clrType,
        setl_optins: setlOptins,
        ...period,
        medfee_sumamt: yuan('医疗费总额'),
        fund_pay_sumamt: yuan('基金支付总额'),
        acct_pay: yuan('个人账户支付金额'),
        fixmedins_setl_cnt: count('定点医药机构结算笔数', 10),
        refd_setl_flag: refunds,
      }),
    },
    answer: {
      stmtinfo: node('对账结果', {
        setl_optins: area('结算经办机构'),
        stmt_rslt: code('对账结果', 6, 'stmt_rslt'),
        stmt_rslt_dscr: text('对账结果说明', 500),
      }),
    },
  }),
  '3202': transaction('3202', {
    name: '医药机构费用结算对明细账',
    kind: 'once',
    reversal: { instead: '对账结果不需冲正，可重新对账' },
    paths: ['ybSettlementStmtService/stmtDetail'],
    note: '先用 9101 上传 zip 压缩的明细文本（UTF-8，TAB 分隔）；返回的文件用 9102 下载，每行一笔不一致的结算。',
    request: {
      data: node('对账信息', {
        setl_optins: setlOptins,
        file_qury_no: fileKey.file_qury_no,
        ...period,
        medfee_sumamt: yuan('医疗费总额'),
        fund_pay_sumamt: yuan('基金支付总额'),
        cash_payamt: yuan('现金支付金额'),
        fixmedins_setl_cnt: count('定点医药机构结算笔数', 10),
        clr_type: clrType,
        refd_setl_flag: refunds,
      }),
    },
    answer: {
      fileinfo: node('结果文件', {
        file_qury_no: fileKey.file_qury_no,
        filename: text('文件名', 200),
        dld_endtime: dateTime('下载截止时间'),
      }),
    },
  }),
  '3203': transaction('3203', {
    name: '清算申请',
    kind: 'once',
    reversal: { instead: '申报后请由经办机构处理' },
    request: {
      data: node('申报信息', {
        clr_type: clrType,
        clr_way: optional(code('清算方式', 6, 'clr_way')),
        setlym: text('清算年月 yyyyMM', 6),
        psntime: usual(count('清算人次', 6)),
        medfee_sumamt: yuan('医疗费总额'),
        med_sumfee: optional(yuan('医保认可费用总额')),
        fund_appy_sum: yuan('基金申报总额'),
        cash_payamt: yuan('现金支付金额'),
        acct_pay: yuan('个人账户支出'),
        begndate: usual(day('开始日期')),
        enddate: usual(day('结束日期')),
      }),
    },
    answer: { result: node('申报结果', { clr_appy_evt_id: text('机构清算申请事件ID', 30) }) },
  }),
  '9101': transaction('9101', {
    name: '文件上传',
    kind: 'once',
    reversal: { instead: '文件不需冲正，可重新上传' },
    paths: ['fileupload/upload'],
    note: '内容为 Base64 文本，或有符号、无符号字节的数组。最大 8 MB。',
    request: {
      fsUploadIn: node('文件', {
        in: bytes('文件数据'),
        filename: text('文件名', 200),
        fixmedins_code: usual(text('医药机构编号', 30)),
      }),
    },
    answer: {
      file_qury_no: fileKey.file_qury_no,
      filename: text('文件名', 200),
      fixmedins_code: text('医药机构编号', 30),
      dld_endtime: dateTime('下载截止时间'),
    },
  }),
  '9102': transaction('9102', {
    name: '文件下载',
    kind: 'stream',
    paths: ['fileupload/download'],
    note: '成功时应答为文件本身（application/octet-stream），不是报文；失败时应答为报文。file_qury_no 写 A13-结算ID 时，文件是该结算的结算单（PDF）；A11-就诊ID 为外伤承诺书，A12-就诊ID 为外检外购单，filename 写单号。',
    request: {
      fsDownloadIn: node('文件', { ...fileKey, fixmedins_code: usual(text('医药机构编号', 30)) }),
    },
    answer: {},
  }),
  '9001': transaction('9001', {
    name: '签到',
    kind: 'once',
    reversal: { instead: '请签退（9002）' },
    paths: ['signInSignOutService/signIn'],
    note: '签到流水号当日有效；只有就医地要求签到的机构才须在每个报文中给出。',
    request: {
      signIn: node('签到信息', {
        opter_no: text('操作员编号', 30),
        mac: optional(text('签到 MAC 地址', 30)),
        ip: usual(text('签到 IP 地址', 45)),
      }),
    },
    answer: {
      signinoutb: node('签到结果', { sign_time: dateTime('签到时间'), sign_no: text('签到编号', 30) }),
    },
  }),
  '9002': transaction('9002', {
    name: '签退',
    kind: 'once',
    reversal: { instead: '请重新签到（9001）' },
    paths: ['signInSignOutService/signOut'],
    request: {
      signOut: node('签退信息', { sign_no: text('签到编号', 30), opter_no: optional(text('操作员编号', 30)) }),
    },
    answer: { signoutoutb: node('签退结果', { sign_time: dateTime('签退时间') }) },
  }),
  '2601': transaction('2601', {
    name: '冲正交易',
    kind: 'once',
    reversal: { instead: '冲正不能再冲正' },
    paths: ['reverseService/revsMethod'],
    note: '按 omsgid 冲正该笔交易，无论其应答是否收到；先于原交易到达的，原交易到达时不再办理；重复冲正视为一次。',
    request: {
      data: node('冲正信息', {
        psn_no: usual(nodes.psnNo),
        omsgid: text('原发送方报文ID', 64),
        oinfno: text('原交易编号', 6),
      }),
    },
    answer: {},
  }),
} as const;
