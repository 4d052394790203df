import { defineErrors } from '../entry.js';

export const clearingErrors = defineErrors({
  NOT_A_PROVINCE: {
    who: 'caller',
    text: '此事由省级经办机构办理。',
    next: '请由省级经办机构办理。',
    http: 403,
    articles: ['N46'],
  },
  UPLOAD_NOT_NOW: {
    who: 'caller',
    text: '{period} 的费用应于 {from} 至 {to} 上传。',
    next: '请在上传期内办理；过期未上传的费用并入下期，最迟不超过规定月份。',
    http: 409,
    articles: ['H62', 'N50'],
  },
  UPLOAD_CLOSED: {
    who: 'caller',
    text: '{period} 清算表已生成，不能再上传。',
    next: '未上传的费用并入下期清算，最迟不超过规定月份。',
    http: 409,
    articles: ['H62', 'N50'],
  },
  TABLES_NOT_MADE: {
    who: 'caller',
    text: '{period} 清算表尚未生成。',
    next: '清算表于每月 21 日生成，届时再办理。',
    http: 409,
    articles: ['N46'],
  },
  CONFIRMATION_TOO_LATE: {
    who: 'caller',
    text: '{period} 清算表的确认期已于 {day} 截止。',
    next: '如有异议请通过业务协同提出，差额在下期调整。',
    http: 409,
    articles: ['N46', 'H62'],
  },
  PROVINCES_NOT_CONFIRMED: {
    who: 'caller',
    text: '还有省份未确认：{missing}。',
    next: '等待确认，或在确认期满后签发。',
    http: 409,
    articles: ['N46', 'N47'],
  },
  TABLES_DO_NOT_BALANCE: {
    who: 'system',
    text: '{period} 清算表勾稽关系不成立。',
    next: '请联系系统运维，不要签发通知书。',
    http: 500,
    articles: ['N46'],
  },
});
