import { defineErrors } from '../entry.js';

/** Injuries and what is done elsewhere during a stay: the forms that a settlement rests on. */
export const visitPaperErrors = defineErrors({
  THIRD_PARTY_LIABLE: {
    who: 'patient',
    text: '外伤涉及第三方责任，费用由第三方承担，不能直接结算。',
    next: '先全额自费；第三方责任认定不成立的，由医院更正“涉及第三方标志”（2203、2403）并签承诺书后再结算。',
    http: 422,
    articles: ['N35', 'H56', 'P2.4'],
  },
  INJURY_COMMITMENT_MISSING: {
    who: 'hospital',
    text: '就诊 {visitId} 是外伤就医，还没有《外伤无第三方责任承诺书》。',
    next: '请患者或其近亲属签承诺书；在承诺书登记页登记，或在 exp_content 中以 ttp_cmt_flag=1 说明由医院留存，然后结算。',
    http: 422,
    articles: ['N35', 'H56', 'A11'],
  },
  OUTSIDE_LINE_WRONG: {
    who: 'hospital',
    text: '第 {line} 行外检外购费用不能纳入本次结算：{why}。',
    next: '核对外检标志、外检医院编码与发生日期；不属于外检外购的不要填外检标志。',
    http: 422,
    articles: ['N36', 'H57'],
  },
  OUTSIDE_FORM_MISSING: {
    who: 'hospital',
    text: '第 {line} 行外检外购费用还没有《住院期间外院检查治疗或定点药店购药单》。',
    next: '由医院医保办盖章后登记该单，或在该明细的 exp_content 中以 etip_form_flag=1 说明由医院留存，然后结算。',
    http: 422,
    articles: ['N36', 'H57', 'A12'],
  },
  OUTSIDE_ORDER_WRONG: {
    who: 'hospital',
    text: '外检外购单不能登记：{why}。',
    next: '核对外院（药店）编码与盖章日期后重新登记。',
    http: 422,
    articles: ['N36', 'H57', 'A12'],
  },
});
