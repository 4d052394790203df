import { isRefused } from '../benefit/benefit.js';
import type { BenefitFacts, BenefitRefusal, BenefitSplit, YearBook } from '../benefit/benefit.js';
import { computeBenefit } from '../benefit/compute-benefit.js';
import type { Policy, Route } from '../policy/policy-pack.js';

/** 就医路径: the ways among which a person may choose before going. */
export const ways = ['at-home', 'long-term', 'referral', 'emergency', 'other', 'unfiled'] as const;
export type Way = (typeof ways)[number];

export interface WayResult {
  readonly way: Way;
  readonly outcome: BenefitSplit | BenefitRefusal;
}

/** 事前比较 (H19 H20): the same bill under each way, side by side; nothing is moved. */
export function compareRoutes(policy: Policy, expected: BenefitFacts, years: YearBook): WayResult[] {
  return ways
    .filter((way) => way === 'at-home' || expected.where !== 'home')
    .map((way) => {
      const route: Route = way === 'at-home' ? 'none' : way;
      const where = way === 'at-home' ? 'home' : expected.where;
      return { way, outcome: computeBenefit(policy, { ...expected, route, where }, years) };
    });
}

/** The way that leaves the person the least to pay, among those that a policy covers; emergencies are not chosen. */
export function cheapest(results: readonly WayResult[]): Way | undefined {
  const open = results.flatMap(({ way, outcome }) =>
    isRefused(outcome) || way === 'emergency'
      ? []
      : [{ way, personalFen: outcome.cashFen + outcome.personalAccountFen }],
  );
  return open.reduce<(typeof open)[number] | undefined>(
    (best, one) => (best === undefined || one.personalFen < best.personalFen ? one : best),
    undefined,
  )?.way;
}
