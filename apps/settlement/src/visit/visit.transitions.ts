import { table } from '#shared/transitions';
import type { Setting, VisitEvent, VisitState } from './visit.js';

/** 就诊的生命周期. An outpatient registration stays open: each batch of charges is settled by itself. */
export const visitTransitions = table<VisitState, VisitEvent>([
  { from: 'open', on: 'charge', to: 'open', article: 'N31' },
  { from: 'discharged', on: 'charge', to: 'discharged', article: 'N31' },
  { from: 'open', on: 'cancel-charges', to: 'open', article: 'N31' },
  { from: 'discharged', on: 'cancel-charges', to: 'discharged', article: 'N31' },
  { from: 'open', on: 'discharge', to: 'discharged', article: 'N34' },
  { from: 'discharged', on: 'undo-discharge', to: 'open', article: 'N34' },
  { from: 'discharged', on: 'settle-inpatient', to: 'settled', article: 'N34' },
  { from: 'settled', on: 'refund-inpatient', to: 'discharged', article: 'N34' },
  { from: 'open', on: 'settle-outpatient', to: 'open', article: 'N34' },
  { from: 'open', on: 'refund-outpatient', to: 'open', article: 'N34' },
  { from: 'open', on: 'cancel', to: 'cancelled', article: 'N34' },
]);

export const visitStateNames: Record<VisitState, string> = {
  open: '在院/已登记',
  discharged: '已出院未结算',
  settled: '已结算',
  cancelled: '已撤销',
};

export const visitEventNames: Record<VisitEvent, string> = {
  charge: '上传费用',
  'cancel-charges': '撤销费用',
  discharge: '办理出院',
  'undo-discharge': '撤销出院',
  'settle-inpatient': '结算',
  'settle-outpatient': '结算',
  'refund-inpatient': '退费',
  'refund-outpatient': '退费',
  cancel: '撤销登记',
};

/** What the hospital does first, for the answer to an event that is not allowed now. */
export const visitHints: Record<VisitState, string> = {
  open: '住院请先办理出院（2402）',
  discharged: '需要修改请先撤销出院（2405）',
  settled: '需要修改请先撤销结算（2305）',
  cancelled: '请重新登记',
};

export const settleEvent = (setting: Setting): VisitEvent =>
  setting === 'inpatient' ? 'settle-inpatient' : 'settle-outpatient';
export const refundEvent = (setting: Setting): VisitEvent =>
  setting === 'inpatient' ? 'refund-inpatient' : 'refund-outpatient';
