import type { Day } from '../clock/index.js';
import { isLongTerm, wasInForce } from './covers.js';
import type { FilingFacts } from './covers.js';

/** What a person gets at home while filed elsewhere. */
export type HomeTreatment = 'local' | 'not-until-proof';

/**
 * 双向享受待遇 (P2.5 H21 H22): who lives elsewhere by filing may come home for treatment at the local rates, unless the filing
 * rests on a commitment whose proof is not there yet: then one end only, the place that was filed.
 */
export function homeTreatment(filings: readonly FilingFacts[], on: Day): { value: HomeTreatment; articles: string[] } {
  const unproven = filings.some(
    (filing) => isLongTerm(filing.category) && filing.commitmentDueOn !== null && wasInForce(filing, on),
  );
  return unproven
    ? { value: 'not-until-proof', articles: ['P2.5', 'H22'] }
    : { value: 'local', articles: ['P2.5', 'H21'] };
}
