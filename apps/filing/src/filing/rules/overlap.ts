import { isLongTerm } from '#shared/filing';
import { sameDestination } from '#shared/regions';
import type { Filing, FilingCategory } from '../filing.js';

type Kind = 'long-term' | 'referral' | 'temporary';

/**
 * What a new filing does to one that stands: `beside` it, in its place (`replaces`), or not at all: `covered` by the
 * standing one at a rate that is no worse, to be `moved` by a change, or to be `extended`.
 */
export type Overlap = 'beside' | 'replaces' | 'covered' | 'move' | 'extend';

const kindOf = (category: FilingCategory): Kind =>
  isLongTerm(category) ? 'long-term' : category === 'referral' ? 'referral' : 'temporary';

/** [standing][new] to the same destination. */
const sameplace: Record<Kind, Record<Kind, Overlap>> = {
  'long-term': { 'long-term': 'covered', referral: 'covered', temporary: 'covered' },
  referral: { 'long-term': 'replaces', referral: 'replaces', temporary: 'covered' },
  temporary: { 'long-term': 'replaces', referral: 'replaces', temporary: 'extend' },
};
/** [standing][new] to another destination. A person lives in one place, but may be sent on from there. */
const elsewhere: Record<Kind, Record<Kind, Overlap>> = {
  'long-term': { 'long-term': 'move', referral: 'beside', temporary: 'beside' },
  referral: { 'long-term': 'beside', referral: 'beside', temporary: 'beside' },
  temporary: { 'long-term': 'beside', referral: 'beside', temporary: 'beside' },
};

/** 备案重叠 (N11 N13 H12 P3.2): the table of docs/filing-overlaps.md. */
export function overlap(
  standing: Pick<Filing, 'category' | 'destination'>,
  wanted: Pick<Filing, 'category' | 'destination'>,
): Overlap {
  const table = sameDestination(standing.destination, wanted.destination) ? sameplace : elsewhere;
  return table[kindOf(standing.category)][kindOf(wanted.category)];
}
