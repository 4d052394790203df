import { table } from '#shared/transitions';
import type { QualificationEvent, QualificationStatus } from './qualification.js';

/** 门诊慢特病资格的生命周期 (N13): asked for, granted or refused, ended. */
export const qualificationTransitions = table<QualificationStatus, QualificationEvent>([
  { from: 'applied', on: 'approve', to: 'effective', article: 'N13' },
  { from: 'applied', on: 'reject', to: 'rejected', article: 'N13' },
  { from: 'effective', on: 'end', to: 'ended', article: 'N13' },
]);

export const qualificationStatusNames: Record<QualificationStatus, string> = {
  applied: '待认定',
  effective: '有效',
  rejected: '不予认定',
  ended: '已终止',
};
