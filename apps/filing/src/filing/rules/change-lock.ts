import { addMonths } from '#shared/clock';
import type { Day } from '#shared/clock';
import { isLongTerm } from '#shared/filing';
import type { ValueSource } from '#shared/rules';
import type { Filing } from '../filing.js';

/** 变更或取消时限 (P2.3 N10): the first day on which a long-term filing may be changed or cancelled; undefined: at once. */
export function lockedUntil(
  { category, validFrom }: Pick<Filing, 'category' | 'validFrom'>,
  today: Day,
  rules: ValueSource,
): Day | undefined {
  if (!isLongTerm(category) || validFrom === null) return undefined;
  const free = addMonths(validFrom, rules.numberOn('changeLockMonths', validFrom));
  return today < free ? free : undefined;
}
