import type { Day, Month } from '#shared/clock';
import { table } from '#shared/transitions';

export type PeriodState = 'open' | 'tabled' | 'closed';
export type PeriodEvent = 'make-tables' | 'issue-notices';

/** 清算期: the costs of one month, cleared in the month after it. */
export interface Period {
  readonly period: Month;
  readonly state: PeriodState;
  readonly tabledOn: Day | null;
  readonly closedOn: Day | null;
}

export const periodTransitions = table<PeriodState, PeriodEvent>([
  { from: 'open', on: 'make-tables', to: 'tabled', article: 'N46' },
  { from: 'tabled', on: 'issue-notices', to: 'closed', article: 'N47' },
]);
