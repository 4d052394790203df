import type { Day } from '#shared/clock';
import { samePool } from '#shared/regions';
import type { StoredFiling } from '../../person/known-person.js';
import type { Route } from '../../policy/policy-pack.js';
import { decideRoute } from '../../visit/rules/decide-route.js';
import type { CaseOrigin } from '../reimbursement-case.js';

export interface ReimbursementRouteFacts {
  readonly source: CaseOrigin['source'];
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly emergency: boolean;
  readonly filingNeeded: boolean;
  readonly filings: readonly StoredFiling[];
  readonly admittedOn: Day;
  /** On which direct settlement failed, or on which the patient left and paid. */
  readonly settledOn: Day;
  readonly today: Day;
}

export interface ReimbursementRoute {
  readonly route: Route;
  readonly filingNo: string | null;
  readonly articles: readonly string[];
}

const because = { 'direct-failed': ['N44', 'H20(4)'], 'self-paid': ['N61', 'H59'] } as const;

/**
 * 报销待遇路径 (N44 H20): whoever was filed gets what direct settlement would have given; a filing that was made up for after a
 * self-paid discharge gives its rate to the stay that it was made for (P2.4 H17); without any it is the rate of the unfiled.
 * Undefined: filed elsewhere on a commitment whose proof is missing, so nothing at home yet (P2.5 H22).
 */
export function reimbursementRoute(facts: ReimbursementRouteFacts): ReimbursementRoute | undefined {
  const { homeArea, treatmentArea, settledOn, source } = facts;
  const filings = facts.filings.flatMap((filing) => asOfSettlement(filing, facts) ?? []);
  const decision = decideRoute({ ...facts, filings, today: settledOn });
  if (decision === undefined) {
    if (samePool(homeArea, treatmentArea)) return undefined;
    return { route: 'unfiled', filingNo: null, articles: ['H20', ...because[source]] };
  }
  const filing = facts.filings.find(({ filingNo }) => filingNo === decision.filingNo);
  const madeUp = filing !== undefined && isMadeUp(filing, settledOn) ? ['P2.4', 'H17'] : [];
  return { ...decision, articles: [...decision.articles, ...because[source], ...madeUp] };
}

const isMadeUp = ({ decidedOn }: StoredFiling, settledOn: Day): boolean => decidedOn !== null && decidedOn > settledOn;

/** A filing as it counts for a stay that is over: what was decided later counts only when it was made for this stay. */
function asOfSettlement(
  filing: StoredFiling,
  { admittedOn, settledOn, today }: ReimbursementRouteFacts,
): StoredFiling | undefined {
  if (!isMadeUp(filing, settledOn)) return filing;
  const { coversFrom, decidedOn } = filing;
  const isForThis = coversFrom !== null && coversFrom <= admittedOn && decidedOn !== null && decidedOn <= today;
  return isForThis ? { ...filing, validFrom: coversFrom, decidedOn: settledOn } : undefined;
}
