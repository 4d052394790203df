import type { Day } from '#shared/clock';
import { covers, samePool } from '#shared/regions';
import type { Route } from '../../policy/policy-pack.js';
import type { KnownFiling } from '../../person/known-person.js';

export interface RouteFacts {
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly emergency: boolean;
  /** Whether the home area wants a filing for this kind of treatment there. */
  readonly filingNeeded: boolean;
  readonly filings: readonly KnownFiling[];
  readonly admittedOn: Day;
  readonly today: Day;
}

/** Direct settlement is never without a ground; who is not filed is refused. */
export type DirectRoute = Exclude<Route, 'unfiled'>;

export interface RouteDecision {
  readonly route: DirectRoute;
  readonly filingNo: string | null;
  readonly articles: readonly string[];
}

const routes: Record<KnownFiling['category'], DirectRoute> = {
  'retired-resettled': 'long-term',
  'long-term-resident': 'long-term',
  'posted-worker': 'long-term',
  referral: 'referral',
  'other-temporary': 'other',
};
const order: readonly DirectRoute[] = ['long-term', 'referral', 'other'];

/**
 * 待遇路径 (N12 N14 N34 H20): on what ground the person is treated here; undefined means: not filed, and a filing is needed.
 * A filing counts when it is in force today, covers the place, and the admission is not after its last day; one that was
 * made after the admission but before the settlement counts as well (补办).
 */
export function decideRoute(facts: RouteFacts): RouteDecision | undefined {
  if (samePool(facts.homeArea, facts.treatmentArea)) return { route: 'none', filingNo: null, articles: ['N14'] };
  const good = facts.filings
    .filter(
      (filing) => isInForce(filing, facts.admittedOn, facts.today) && covers(filing.destination, facts.treatmentArea),
    )
    .sort((a, b) => order.indexOf(routes[a.category]) - order.indexOf(routes[b.category]));
  const [best] = good;
  if (best !== undefined && routes[best.category] !== 'other')
    return { route: routes[best.category], filingNo: best.filingNo, articles: ['N12', 'H20'] };
  if (facts.emergency) return { route: 'emergency', filingNo: null, articles: ['N34', 'H55'] };
  if (!facts.filingNeeded) return { route: 'none', filingNo: null, articles: ['N14', 'H8'] };
  return best === undefined ? undefined : { route: 'other', filingNo: best.filingNo, articles: ['N12', 'H20'] };
}

const isInForce = (filing: KnownFiling, admittedOn: Day, today: Day): boolean => {
  const { status, decidedOn, validFrom, validTo } = filing;
  const begun = decidedOn !== null && decidedOn <= today && (validFrom === null || validFrom <= today);
  return status === 'effective' && begun && (validTo === null || admittedOn <= validTo);
};
