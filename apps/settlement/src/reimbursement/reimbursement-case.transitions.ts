import { table } from '#shared/transitions';
import type { CaseEvent, CaseState } from './reimbursement-case.js';

/**
 * 报销案件的生命周期 (N44 N61): kept → computed → approved → paid → closed. Until it is approved it may be withdrawn or refused;
 * what was approved is cancelled by giving everything back, and what is paid stays. Nothing to pay is closed at once.
 */
export const caseTransitions = table<CaseState, CaseEvent>([
  { from: 'kept', on: 'compute', to: 'computed', article: 'H53' },
  { from: 'kept', on: 'withdraw', to: 'withdrawn', article: 'N44' },
  { from: 'kept', on: 'refuse', to: 'refused', article: 'N44' },
  { from: 'computed', on: 'compute', to: 'computed', article: 'H53' },
  { from: 'computed', on: 'approve', to: 'approved', article: 'N61' },
  { from: 'computed', on: 'withdraw', to: 'withdrawn', article: 'N44' },
  { from: 'computed', on: 'refuse', to: 'refused', article: 'N44' },
  { from: 'approved', on: 'pay', to: 'paid', article: 'N61' },
  { from: 'approved', on: 'cancel', to: 'cancelled', article: 'N61' },
  { from: 'approved', on: 'close', to: 'closed', article: 'N61' },
  { from: 'paid', on: 'close', to: 'closed', article: 'N61' },
]);

export type CaseError =
  | 'REIMBURSEMENT_NOT_COMPUTED'
  | 'REIMBURSEMENT_NOT_APPROVED'
  | 'REIMBURSEMENT_APPROVED'
  | 'REIMBURSEMENT_PAID'
  | 'REIMBURSEMENT_CLOSED'
  | 'REIMBURSEMENT_WITHDRAWN'
  | 'REIMBURSEMENT_REFUSED'
  | 'REIMBURSEMENT_CANCELLED';

export const caseEventNames: Record<CaseEvent, string> = {
  compute: '核算',
  approve: '复核',
  pay: '支付',
  close: '办结',
  withdraw: '撤回',
  refuse: '不予报销',
  cancel: '撤销复核',
};

const events = Object.keys(caseEventNames) as CaseEvent[];
const always = (error: CaseError): Partial<Record<CaseEvent, CaseError>> =>
  Object.fromEntries(events.map((event) => [event, error]));

/** The answer to every pair that the table does not have: what stands in the way. */
export const caseRefusals: Record<CaseState, Partial<Record<CaseEvent, CaseError>>> = {
  kept: {
    approve: 'REIMBURSEMENT_NOT_COMPUTED',
    pay: 'REIMBURSEMENT_NOT_APPROVED',
    close: 'REIMBURSEMENT_NOT_APPROVED',
    cancel: 'REIMBURSEMENT_NOT_APPROVED',
  },
  computed: {
    pay: 'REIMBURSEMENT_NOT_APPROVED',
    close: 'REIMBURSEMENT_NOT_APPROVED',
    cancel: 'REIMBURSEMENT_NOT_APPROVED',
  },
  approved: {
    compute: 'REIMBURSEMENT_APPROVED',
    approve: 'REIMBURSEMENT_APPROVED',
    withdraw: 'REIMBURSEMENT_APPROVED',
    refuse: 'REIMBURSEMENT_APPROVED',
  },
  paid: {
    compute: 'REIMBURSEMENT_PAID',
    approve: 'REIMBURSEMENT_PAID',
    pay: 'REIMBURSEMENT_PAID',
    withdraw: 'REIMBURSEMENT_PAID',
    refuse: 'REIMBURSEMENT_PAID',
    cancel: 'REIMBURSEMENT_PAID',
  },
  closed: always('REIMBURSEMENT_CLOSED'),
  withdrawn: always('REIMBURSEMENT_WITHDRAWN'),
  refused: always('REIMBURSEMENT_REFUSED'),
  cancelled: always('REIMBURSEMENT_CANCELLED'),
};

export const caseStateNames: Record<CaseState, string> = {
  kept: '已留存待核算',
  computed: '已核算待复核',
  approved: '已复核待支付',
  paid: '已支付',
  closed: '已办结',
  withdrawn: '已撤回',
  refused: '不予报销',
  cancelled: '复核已撤销',
};

/** 办理中或已办成: a bill has at most one such case. */
export const liveStates: readonly CaseState[] = ['kept', 'computed', 'approved', 'paid', 'closed'];
