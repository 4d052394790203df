import type { Day, Month } from '#shared/clock';
import type { Fen } from '#shared/money';
import { table } from '#shared/transitions';

export type DeclarationState = 'declared' | 'preliminary' | 'objected' | 'final';
export type DeclarationEvent = 'pass' | 'deduct' | 'accept' | 'object' | 'lapse' | 'review';

/** 费用申报: what an institution asks for, for one month and one kind of treatment. */
export interface Declaration {
  readonly declarationId: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  readonly month: Month;
  readonly setting: 'inpatient' | 'outpatient';
  readonly state: DeclarationState;
  readonly settlements: number;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly cashFen: Fen;
  readonly declaredOn: Day;
  readonly auditedOn: Day | null;
  readonly finalOn: Day | null;
}

/** 审核的生命周期 (H49): no deduction is final at once; a deduction may be accepted, objected to, or stands after its term. */
export const declarationTransitions = table<DeclarationState, DeclarationEvent>([
  { from: 'declared', on: 'pass', to: 'final', article: 'H49' },
  { from: 'declared', on: 'deduct', to: 'preliminary', article: 'H49' },
  { from: 'preliminary', on: 'accept', to: 'final', article: 'H49' },
  { from: 'preliminary', on: 'lapse', to: 'final', article: 'H49' },
  { from: 'preliminary', on: 'object', to: 'objected', article: 'H49' },
  { from: 'objected', on: 'object', to: 'objected', article: 'H49' },
  { from: 'objected', on: 'review', to: 'final', article: 'H49' },
]);

export const declarationStateNames: Record<DeclarationState, string> = {
  declared: '已申报待审核',
  preliminary: '初审有扣减',
  objected: '申诉中',
  final: '审核终结',
};
