import { areaName } from '#shared/regions';
import { filingCategoryNames, filingStatusNames } from '../../person/filing-names.js';
import type { KnownFiling } from '../../person/known-person.js';

type Shown = Pick<KnownFiling, 'category' | 'destination' | 'status' | 'validTo'>;

/** 备案 in words: kind, place, end, and its state where it is not in force. */
export const describeFiling = ({ category, destination, status, validTo }: Shown): string =>
  `${filingCategoryNames[category]}备案至${areaName(destination)}，` +
  (validTo === null ? '长期有效' : `止期 ${validTo}`) +
  (status === 'effective' ? '' : `，${filingStatusNames[status]}`);

const mostShown = 3;

/**
 * 已有备案: what a person has filed, for the answer that none of it covers this place. Hospitals and patients ask why an
 * approved filing does not help: another city, the wrong kind, over, or cancelled (P2.4 H27).
 */
export const describeFilings = (filings: readonly Shown[]): string =>
  filings.length === 0 ? '没有任何备案' : `已有：${filings.slice(-mostShown).map(describeFiling).join('；')}`;
