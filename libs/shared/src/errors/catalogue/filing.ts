import { defineErrors } from '../entry.js';

export const filingErrors = defineErrors({
  IDENTITY_NUMBER_INVALID: {
    who: 'caller',
    text: '证件号码不正确（应为 18 位且校验位正确）。',
    next: '核对证件后重新录入；15 位旧号码请先升位。',
    http: 422,
    articles: ['N16'],
  },
  PERSON_OF_OTHER_AREA: {
    who: 'homeAgency',
    text: '人员编号 {personNo} 已由参保地 {area} 登记。',
    next: '请由该参保地经办机构维护，或先办理参保关系转移。',
    http: 409,
    articles: ['N13'],
  },
  NOT_INSURED: {
    who: 'homeAgency',
    text: '参保人当前没有正常参保记录，不能备案。',
    next: '请先到参保地经办机构核实参保状态。',
    http: 422,
    articles: ['N7'],
  },
  MATERIAL_MISSING: {
    who: 'patient',
    text: '备案材料缺少：{missing}。',
    next: '补齐材料（或按规定提交承诺书）后重新申请。',
    http: 422,
    articles: ['N8', 'H9'],
  },
  DESTINATION_NOT_AWAY: {
    who: 'patient',
    text: '就医地 {destination} 与参保地属同一统筹区，无需异地备案。',
    next: '在参保地直接就医结算。',
    http: 422,
    articles: ['N11'],
  },
  ALREADY_FILED: {
    who: 'caller',
    text: '已有同一就医地的有效备案 {filingNo}。',
    next: '需要变更请先取消或变更原备案。',
    http: 409,
    articles: ['N13'],
  },
  CHANNEL_NOT_YOURS: {
    who: 'caller',
    text: '渠道“{channel}”的备案不能由本账号提交。',
    next: '请使用与渠道一致的账号。',
    http: 403,
    articles: ['N9', 'H10'],
  },
  INSTITUTION_MAY_NOT_REFER: {
    who: 'hospital',
    text: '本机构不在参保地公布的转诊机构名单内。',
    next: '请参保人到参保地经办机构或通过国家医保服务平台办理备案。',
    http: 403,
    articles: ['H12'],
  },
});
