import { addMonths } from '#shared/clock';
import type { Day } from '#shared/clock';
import { isLongTerm } from '#shared/filing';
import type { ValueSource } from '#shared/rules';
import type { FilingCategory } from '../filing.js';

export interface Validity {
  readonly validFrom: Day;
  /** The last day, included; null while a long-term filing stands. */
  readonly validTo: Day | null;
  readonly articles: readonly string[];
}

/** 备案有效期 (N10 H13): long-term without end, temporary six months from the day of application. */
export function filingValidity(category: FilingCategory, appliedOn: Day, rules: ValueSource): Validity {
  if (isLongTerm(category)) return { validFrom: appliedOn, validTo: null, articles: ['N10', 'H13'] };
  const months = rules.on('temporaryValidityMonths', appliedOn);
  return {
    validFrom: appliedOn,
    validTo: addMonths(appliedOn, Number(months.value)),
    articles: [months.article, 'H13'],
  };
}
