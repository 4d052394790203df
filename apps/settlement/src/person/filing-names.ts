import type { KnownFiling } from './known-person.js';

/** 备案人员类别 in words, for answers that people read. */
export const filingCategoryNames: Record<KnownFiling['category'], string> = {
  'retired-resettled': '异地安置退休人员',
  'long-term-resident': '异地长期居住人员',
  'posted-worker': '常驻异地工作人员',
  referral: '异地转诊人员',
  'other-temporary': '其他临时外出就医人员',
};

export const filingStatusNames: Record<KnownFiling['status'], string> = {
  applied: '已申请',
  effective: '有效',
  rejected: '未通过',
  cancelled: '已取消',
  suspended: '已暂停',
  ended: '已终止',
  unfiled: '视为未备案',
  expired: '已到期',
  replaced: '已被新备案代替',
};
