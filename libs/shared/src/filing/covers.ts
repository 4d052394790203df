import type { Day } from '../clock/index.js';
import type { filingChanged, PayloadOf } from '../contracts/index.js';
import { sameDestination, sameProvince } from '../regions/index.js';

type Filing = PayloadOf<typeof filingChanged>;

/** What one has to know of a filing to say what it is good for. */
export type FilingFacts = Pick<
  Filing,
  'category' | 'destination' | 'status' | 'decidedOn' | 'validFrom' | 'validTo' | 'commitmentDueOn'
>;

/** How far a filing reaches: its destination (N11), or, where the home area says so, the destination's whole province. */
export type Reach = 'destination' | 'province';

export interface CareFacts {
  readonly treatmentArea: string;
  readonly admittedOn: Day;
  /** The day on which the question is asked: of the admission, or of the settlement. */
  readonly today: Day;
  readonly reach: Reach;
}

const neverInForce: ReadonlySet<Filing['status']> = new Set(['applied', 'rejected', 'suspended']);

/** 长期类: the categories of people who live elsewhere (N7). */
export const isLongTerm = (category: Filing['category']): boolean =>
  category === 'retired-resettled' || category === 'long-term-resident' || category === 'posted-worker';

/** The last day on which a filing counts, included; null where there is none yet. A commitment not kept ends it (H22). */
export function lastDayOf({ validTo, commitmentDueOn }: Pick<FilingFacts, 'validTo' | 'commitmentDueOn'>): Day | null {
  if (validTo === null || commitmentDueOn === null) return validTo ?? commitmentDueOn;
  return validTo < commitmentDueOn ? validTo : commitmentDueOn;
}

/** Whether the filing was in force on a day (N10 H13). Closed filings keep the days before they were closed. */
export function wasInForce(filing: FilingFacts, on: Day): boolean {
  const { status, validFrom, validTo } = filing;
  if (neverInForce.has(status) || validFrom === null) return false;
  const last = lastDayOf({ validTo, commitmentDueOn: filing.commitmentDueOn });
  return validFrom <= on && (last === null || on <= last);
}

/**
 * 备案是否覆盖本次就医 (N11 N12 P2.4): the one answer for filing and for the gateway. The place must be the destination, and
 * the admission within validity: then it settles whenever the discharge is. A filing that was made after the admission
 * counts while it is in force itself (补办).
 */
export function covers(filing: FilingFacts, { treatmentArea, admittedOn, today, reach }: CareFacts): boolean {
  const { destination, decidedOn, validFrom } = filing;
  if (!(reach === 'province' ? sameProvince : sameDestination)(destination, treatmentArea)) return false;
  if (decidedOn === null || decidedOn > today || validFrom === null) return false;
  return wasInForce(filing, validFrom <= admittedOn ? admittedOn : today);
}
