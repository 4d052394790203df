import { defineErrors } from '../entry.js';

export const fundsErrors = defineErrors({
  BANK_CHARGES_NOT_BOOKED: {
    who: 'caller',
    text: '银行手续费、工本费不得在基金中列支。',
    next: '去掉手续费，只按通知书金额付款。',
    http: 422,
    articles: ['P4.3', 'H42'],
  },
  QUOTA_ALREADY_APPROVED: {
    who: 'caller',
    text: '{year} 年预付金额度已核定。',
    next: '需要变更请走额度调整或紧急调增。',
    http: 409,
    articles: ['N18', 'N20'],
  },
  AMOUNT_DIFFERS: {
    who: 'caller',
    text: '付款金额 {given} 与应付金额 {due} 不一致。',
    next: '按通知书金额付款。',
    http: 422,
    articles: ['N48'],
  },
});
