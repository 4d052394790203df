import { table } from '#shared/transitions';
import type { FilingEvent, FilingStatus } from './filing.js';

/** 备案的生命周期. A commitment that is not kept makes a filing `unfiled`; insured status suspends and ends it (N13 H16 H22). */
export const filingTransitions = table<FilingStatus, FilingEvent>([
  { from: 'applied', on: 'approve', to: 'effective', article: 'N9' },
  { from: 'applied', on: 'reject', to: 'rejected', article: 'N9' },
  { from: 'applied', on: 'cancel', to: 'cancelled', article: 'N13' },
  { from: 'effective', on: 'cancel', to: 'cancelled', article: 'N13' },
  { from: 'effective', on: 'suspend', to: 'suspended', article: 'N13' },
  { from: 'suspended', on: 'resume', to: 'effective', article: 'N13' },
  { from: 'effective', on: 'end', to: 'ended', article: 'N13' },
  { from: 'suspended', on: 'end', to: 'ended', article: 'N13' },
  { from: 'effective', on: 'lapse', to: 'unfiled', article: 'H22' },
]);

export const filingStatusNames: Record<FilingStatus, string> = {
  applied: '待审核',
  effective: '有效',
  rejected: '不予备案',
  cancelled: '已取消',
  suspended: '已暂停',
  ended: '已终止',
  unfiled: '视为未备案',
};
