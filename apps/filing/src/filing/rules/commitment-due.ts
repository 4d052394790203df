import { addMonths } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';
import type { FilingCategory } from '../filing.js';
import { restsOnCommitment } from './missing-materials.js';

/** What is to be filed, and until when the proof is due of the filing that it changes. */
export interface CommitmentFacts {
  readonly category: FilingCategory;
  readonly materials: readonly string[];
  readonly changedDueOn: Day | null;
}

/**
 * 承诺期限 (H22): the last day for the proof that a commitment stands in for; null where the filing rests on none. A change of
 * place or category does not begin the six months anew.
 */
export function commitmentDue(
  { category, materials, changedDueOn }: CommitmentFacts,
  on: Day,
  rules: ValueSource,
): Day | null {
  if (!restsOnCommitment(category, materials, rules, on)) return null;
  const due = addMonths(on, rules.numberOn('commitmentMonths', on));
  return changedDueOn !== null && changedDueOn < due ? changedDueOn : due;
}
