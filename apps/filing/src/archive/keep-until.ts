import { addMonths } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';
import type { Filing } from '../filing/filing.js';

/** 档案归属: the home side keeps what it decided, the treatment side what it treated on. */
export type ArchiveSide = 'home' | 'treatment';

export interface ArchiveTerm {
  /** Until when the papers may not be destroyed; null while the filing is open. */
  readonly keepUntil: Day | null;
  readonly articles: readonly string[];
}

const names: Record<ArchiveSide, string> = { home: 'homeArchiveYears', treatment: 'treatmentArchiveYears' };

/**
 * 档案保管期限 (N65 H85 A2): counted from the day the filing was closed, per side; a commitment is kept at least two years after it
 * was given, however short the filing was.
 */
export function keepUntil(
  filing: Pick<Filing, 'closedOn' | 'appliedOn' | 'materials'>,
  side: ArchiveSide,
  rules: ValueSource,
): ArchiveTerm {
  const { closedOn, appliedOn, materials } = filing;
  if (closedOn === null) return { keepUntil: null, articles: ['N65', 'H85'] };
  const years = rules.numberOn(names[side], closedOn);
  const papers = addMonths(closedOn, years * 12);
  if (side === 'treatment' || !materials.includes('commitment')) return { keepUntil: papers, articles: ['N65', 'H85'] };
  const commitment = addMonths(appliedOn, rules.numberOn('commitmentRetentionYears', appliedOn) * 12);
  return { keepUntil: commitment > papers ? commitment : papers, articles: ['N65', 'H85', 'A2'] };
}
