import { table } from '#shared/transitions';
import type { TransferEvent, TransferState } from './transfer.js';

/** 划拨的生命周期: submitted to finance, paid by one person, approved by another, confirmed by the receiver. */
export const transferTransitions = table<TransferState, TransferEvent>([
  { from: 'due', on: 'submit', to: 'submitted', article: 'N48' },
  { from: 'submitted', on: 'pay', to: 'paid', article: 'N48' },
  { from: 'paid', on: 'approve', to: 'approved', article: 'N22' },
  { from: 'paid', on: 'return', to: 'submitted', article: 'N22' },
  { from: 'approved', on: 'confirm', to: 'confirmed', article: 'N26' },
]);

export const transferStateNames: Record<TransferState, string> = {
  due: '待提交财政',
  submitted: '已提交财政',
  paid: '已付款待复核',
  approved: '已复核待到账',
  confirmed: '已到账',
};
