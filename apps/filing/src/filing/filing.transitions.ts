import { table } from '#shared/transitions';
import type { FilingEvent, FilingStatus } from './filing.js';

/**
 * 备案的生命周期. A commitment that is not kept makes a filing `unfiled` (H22); the insured status suspends, resumes and ends it
 * (N13 H16); another filing may take its place, and its term may be over (N10). Closed filings stay closed.
 */
export const filingTransitions = table<FilingStatus, FilingEvent>([
  { from: 'applied', on: 'approve', to: 'effective', article: 'N9' },
  { from: 'applied', on: 'reject', to: 'rejected', article: 'N9' },
  { from: 'applied', on: 'cancel', to: 'cancelled', article: 'N13' },
  { from: 'applied', on: 'amend', to: 'applied', article: 'H16' },
  { from: 'applied', on: 'fulfil', to: 'applied', article: 'H22' },
  { from: 'effective', on: 'cancel', to: 'cancelled', article: 'N13' },
  { from: 'effective', on: 'amend', to: 'effective', article: 'H16' },
  { from: 'effective', on: 'extend', to: 'effective', article: 'N10' },
  { from: 'effective', on: 'fulfil', to: 'effective', article: 'H22' },
  { from: 'effective', on: 'replace', to: 'replaced', article: 'N13' },
  { from: 'effective', on: 'suspend', to: 'suspended', article: 'N13' },
  { from: 'effective', on: 'end', to: 'ended', article: 'N13' },
  { from: 'effective', on: 'lapse', to: 'unfiled', article: 'H22' },
  { from: 'effective', on: 'expire', to: 'expired', article: 'N10' },
  { from: 'suspended', on: 'cancel', to: 'cancelled', article: 'N13' },
  { from: 'suspended', on: 'amend', to: 'suspended', article: 'H16' },
  { from: 'suspended', on: 'fulfil', to: 'suspended', article: 'H22' },
  { from: 'suspended', on: 'replace', to: 'replaced', article: 'N13' },
  { from: 'suspended', on: 'resume', to: 'effective', article: 'N13' },
  { from: 'suspended', on: 'end', to: 'ended', article: 'N13' },
  { from: 'suspended', on: 'lapse', to: 'unfiled', article: 'H22' },
  { from: 'suspended', on: 'expire', to: 'expired', article: 'N10' },
]);

export const filingStatusNames: Record<FilingStatus, string> = {
  applied: '待审核',
  effective: '有效',
  rejected: '不予备案',
  cancelled: '已取消',
  suspended: '已暂停',
  ended: '已终止',
  unfiled: '视为未备案',
  expired: '已到期',
  replaced: '已变更',
};

export const filingEventNames: Record<FilingEvent, string> = {
  approve: '通过',
  reject: '驳回',
  cancel: '取消',
  amend: '变更信息',
  extend: '延期',
  fulfil: '补齐材料',
  replace: '变更',
  suspend: '暂停',
  resume: '恢复',
  end: '终止',
  lapse: '按未备案处理',
  expire: '到期',
};

export const categoryNames = {
  'retired-resettled': '异地安置退休人员',
  'long-term-resident': '异地长期居住人员',
  'posted-worker': '常驻异地工作人员',
  referral: '异地转诊人员',
  'other-temporary': '其他跨省临时外出就医人员',
} as const;
