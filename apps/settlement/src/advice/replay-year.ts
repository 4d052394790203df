import { addBooks } from '../benefit/accumulators.js';
import { isRefused } from '../benefit/benefit.js';
import type { BenefitFacts, BenefitRefusal, BenefitSplit, YearBook } from '../benefit/benefit.js';
import { computeBenefit } from '../benefit/compute-benefit.js';
import type { Policy } from '../policy/policy-pack.js';

/** One charge as it was settled: what the home side was asked, and what it had granted. */
export interface PastBill {
  readonly settlementId: string;
  readonly facts: BenefitFacts;
}

export interface ReplayedBill {
  readonly settlementId: string;
  readonly outcome: BenefitSplit | BenefitRefusal;
}

/**
 * 重算一年: the same bills in the same order under a policy, from what the year had used before them. Pure: what comes out is
 * shown and never booked (N42 H52). Bills that the policy refuses move nothing.
 */
export function replayYear(policy: Policy, bills: readonly PastBill[], before: YearBook): ReplayedBill[] {
  let years = before;
  return bills.map(({ settlementId, facts }) => {
    const outcome = computeBenefit(policy, facts, years);
    if (!isRefused(outcome)) years = addBooks(years, outcome.changes);
    return { settlementId, outcome };
  });
}
