import { defineErrors } from '../entry.js';

export const collaborationErrors = defineErrors({
  MATTER_WITH_ONESELF: {
    who: 'caller',
    text: '协同事项的责任方不能是发起方自己。',
    next: '选择其他经办机构作为责任方。',
    http: 422,
    articles: ['N59'],
  },
  NOT_THE_RESPONSIBLE: {
    who: 'caller',
    text: '此事项由 {responsible} 办理。',
    next: '请由责任方办理，或经同意后转办。',
    http: 403,
    articles: ['N59'],
  },
  NOT_THE_ASKER: {
    who: 'caller',
    text: '此事项由发起方 {asker} 确认。',
    next: '请由发起方确认结果。',
    http: 403,
    articles: ['N59'],
  },
});
