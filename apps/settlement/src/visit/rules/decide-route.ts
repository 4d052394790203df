import type { Day } from '#shared/clock';
import { covers, filingReach, homeTreatment } from '#shared/filing';
import { samePool } from '#shared/regions';
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
export const directRoutes = ['none', 'long-term', 'referral', 'emergency', 'other'] as const satisfies readonly Route[];
export type DirectRoute = (typeof directRoutes)[number];

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
 * 待遇路径 (N12 N14 N34 H20 H21): on what ground the person is treated here; undefined means: not filed, and a filing is
 * needed. Which filings count is said by the rule that filing uses too. Whoever is filed elsewhere on a commitment whose
 * proof is still missing has one end only and is not settled at home (P2.5 H22), emergencies excepted.
 */
export function decideRoute(facts: RouteFacts): RouteDecision | undefined {
  const { homeArea, treatmentArea, admittedOn, today } = facts;
  if (samePool(homeArea, treatmentArea)) {
    const atHome = homeTreatment(facts.filings, admittedOn);
    if (atHome.value === 'not-until-proof' && !facts.emergency) return undefined;
    return { route: 'none', filingNo: null, articles: ['N14', ...atHome.articles] };
  }
  const reach = filingReach(homeArea, admittedOn);
  const [best] = facts.filings
    .filter((filing) => covers(filing, { treatmentArea, admittedOn, today, reach }))
    .sort((a, b) => order.indexOf(routes[a.category]) - order.indexOf(routes[b.category]));
  if (best !== undefined && routes[best.category] !== 'other')
    return { route: routes[best.category], filingNo: best.filingNo, articles: ['N12', 'H20'] };
  if (facts.emergency) return { route: 'emergency', filingNo: null, articles: ['N34', 'H55'] };
  if (!facts.filingNeeded) return { route: 'none', filingNo: null, articles: ['N14', 'H8'] };
  return best === undefined ? undefined : { route: 'other', filingNo: best.filingNo, articles: ['N12', 'H20'] };
}
