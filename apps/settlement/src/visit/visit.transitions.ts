import { table } from '#shared/transitions';
import type { VisitEvent, VisitState } from './visit.js';

/**
 * 就诊的生命周期: registered or admitted → fees → trial → discharged → settled → refunded, and each step back in the
 * order in which the interface undoes it. An outpatient registration stays open: each batch of charges is settled by itself.
 */
export const visitTransitions = table<VisitState, VisitEvent>([
  { from: 'registered', on: 'describe', to: 'registered', article: 'N34' },
  { from: 'registered', on: 'charge', to: 'registered', article: 'N31' },
  { from: 'registered', on: 'cancel-charges', to: 'registered', article: 'N31' },
  { from: 'registered', on: 'try', to: 'registered', article: 'N34' },
  { from: 'registered', on: 'settle', to: 'registered', article: 'N34' },
  { from: 'registered', on: 'refund', to: 'registered', article: 'N42' },
  { from: 'registered', on: 'cancel', to: 'cancelled', article: 'N34' },
  { from: 'admitted', on: 'describe', to: 'admitted', article: 'N34' },
  { from: 'admitted', on: 'charge', to: 'admitted', article: 'N31' },
  { from: 'admitted', on: 'cancel-charges', to: 'admitted', article: 'N31' },
  { from: 'admitted', on: 'try', to: 'admitted', article: 'N34' },
  { from: 'admitted', on: 'discharge', to: 'discharged', article: 'N34' },
  { from: 'admitted', on: 'cancel', to: 'cancelled', article: 'N34' },
  { from: 'discharged', on: 'charge', to: 'discharged', article: 'N31' },
  { from: 'discharged', on: 'cancel-charges', to: 'discharged', article: 'N31' },
  { from: 'discharged', on: 'try', to: 'discharged', article: 'N34' },
  { from: 'discharged', on: 'undo-discharge', to: 'admitted', article: 'N34' },
  { from: 'discharged', on: 'settle', to: 'settled', article: 'N34' },
  { from: 'settled', on: 'refund', to: 'discharged', article: 'N42' },
]);

export type VisitError =
  | 'VISIT_CANCELLED'
  | 'VISIT_NOT_DISCHARGED'
  | 'VISIT_DISCHARGED'
  | 'VISIT_SETTLED'
  | 'VISIT_NOT_SETTLED'
  | 'WRONG_SETTING';

const cancelled: Record<VisitEvent, VisitError> = {
  describe: 'VISIT_CANCELLED',
  charge: 'VISIT_CANCELLED',
  'cancel-charges': 'VISIT_CANCELLED',
  try: 'VISIT_CANCELLED',
  discharge: 'VISIT_CANCELLED',
  'undo-discharge': 'VISIT_CANCELLED',
  settle: 'VISIT_CANCELLED',
  refund: 'VISIT_CANCELLED',
  cancel: 'VISIT_CANCELLED',
};

/** The answer to every pair that the table does not have: what stands in the way, so that its text can say what comes first. */
export const visitRefusals: Record<VisitState, Partial<Record<VisitEvent, VisitError>>> = {
  registered: { discharge: 'WRONG_SETTING', 'undo-discharge': 'WRONG_SETTING' },
  admitted: {
    'undo-discharge': 'VISIT_NOT_DISCHARGED',
    settle: 'VISIT_NOT_DISCHARGED',
    refund: 'VISIT_NOT_SETTLED',
  },
  discharged: {
    describe: 'VISIT_DISCHARGED',
    discharge: 'VISIT_DISCHARGED',
    refund: 'VISIT_NOT_SETTLED',
    cancel: 'VISIT_DISCHARGED',
  },
  settled: {
    describe: 'VISIT_SETTLED',
    charge: 'VISIT_SETTLED',
    'cancel-charges': 'VISIT_SETTLED',
    try: 'VISIT_SETTLED',
    discharge: 'VISIT_SETTLED',
    'undo-discharge': 'VISIT_SETTLED',
    settle: 'VISIT_SETTLED',
    cancel: 'VISIT_SETTLED',
  },
  cancelled,
};

export const visitStateNames: Record<VisitState, string> = {
  registered: '门诊已登记',
  admitted: '在院',
  discharged: '已出院未结算',
  settled: '已结算',
  cancelled: '已撤销',
};

export const visitEventNames: Record<VisitEvent, string> = {
  describe: '变更就诊信息',
  charge: '上传费用',
  'cancel-charges': '撤销费用',
  try: '预结算',
  discharge: '办理出院',
  'undo-discharge': '撤销出院',
  settle: '结算',
  refund: '撤销结算',
  cancel: '撤销登记',
};

export const firstState = { inpatient: 'admitted', outpatient: 'registered' } as const;
