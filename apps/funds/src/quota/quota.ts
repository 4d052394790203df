import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import { table } from '#shared/transitions';

export type QuotaState = 'prepared' | 'approved';
export type QuotaEvent = 'approve';

/** 预付金额度 (N18): what one province keeps with another for a year. */
export interface Quota {
  readonly year: number;
  readonly payer: string;
  readonly payee: string;
  readonly exactFen: Fen;
  readonly quotaFen: Fen;
  readonly state: QuotaState;
  readonly preparedBy: string;
  readonly effectiveOn: Day | null;
}

export const quotaTransitions = table<QuotaState, QuotaEvent>([
  { from: 'prepared', on: 'approve', to: 'approved', article: 'N19' },
]);
