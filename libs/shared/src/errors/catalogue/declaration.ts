import { defineErrors } from '../entry.js';

export const declarationErrors = defineErrors({
  STATEMENT_SUM_WRONG: {
    who: 'hospital',
    text: '对账文件合计与报文不一致：{what}。',
    next: '核对文件与报文的笔数、金额后重新上传。',
    http: 422,
    articles: ['N37'],
  },
  OPEN_DIFFERENCES: {
    who: 'treatmentAgency',
    text: '还有 {count} 笔对账差异未处理。',
    next: '先处理差异再确认。',
    http: 409,
    articles: ['N37', 'N38'],
  },
  MONTH_NOT_OVER: {
    who: 'hospital',
    text: '{month} 尚未结束，不能申报。',
    next: '次月前 5 个工作日内申报上月费用。',
    http: 409,
    articles: ['H48'],
  },
  NOT_RECONCILED: {
    who: 'hospital',
    text: '{month} 有 {count} 笔结算未对账平衡，不能申报。',
    next: '先完成对账（3201/3202）再申报。',
    http: 409,
    articles: ['H48', 'N38'],
  },
  DECLARATION_SUM_WRONG: {
    who: 'hospital',
    text: '申报{what} {given} 与中心合计 {sum} 不一致。',
    next: '核对后重新申报。',
    http: 422,
    articles: ['H48'],
  },
  NOTHING_TO_DECLARE: {
    who: 'hospital',
    text: '{month} 没有待申报的结算。',
    next: '核对月份与清算类别。',
    http: 422,
    articles: ['H48'],
  },
  FINDING_TOO_LARGE: {
    who: 'treatmentAgency',
    text: '扣减 {amount} 超过该笔结算的基金与个人账户支付 {limit}。',
    next: '核对扣减金额。',
    http: 422,
    articles: ['H49'],
  },
  FINDING_LINE_UNKNOWN: {
    who: 'treatmentAgency',
    text: '结算 {settlementId} 没有明细 {line}。',
    next: '核对结算与明细流水号。',
    http: 422,
    articles: ['H49'],
  },
  OBJECTION_TOO_LATE: {
    who: 'hospital',
    text: '申诉期已于 {day} 截止，视为无异议。',
    next: '过期申诉不再受理；按初审结果办理。',
    http: 409,
    articles: ['H49'],
  },
  NOT_ALL_FINAL: {
    who: 'treatmentAgency',
    text: '{month} 的申报尚未全部审核终结。',
    next: '先完成审核与申诉处理再拨付。',
    http: 409,
    articles: ['H50'],
  },
});
