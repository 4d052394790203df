import type { Day } from '#shared/clock';
import { filingCategories } from '#shared/contracts';
import { isLongTerm, materialsInWords, requiredMaterials } from '#shared/filing';
import type { ValueSource } from '#shared/rules';
import { isStanding } from '../filing.js';
import type { Filing, FilingCategory } from '../filing.js';
import { categoryNames } from '../filing.transitions.js';
import { filingValidity } from './filing-validity.js';
import { overlap } from './overlap.js';

export interface FilingOption {
  readonly category: FilingCategory | 'emergency' | 'unfiled';
  readonly name: string;
  readonly materials: readonly string[];
  readonly validTo: Day | null;
  /** Points by which the fund's ratio falls against treatment at home; a ceiling where only the nation has spoken. */
  readonly cutPoints: number;
  readonly cutIsCeiling: boolean;
  /** What a standing filing makes of this choice. */
  readonly meets: string | null;
  readonly articles: readonly string[];
}

/** 备案方式比较 (P2.3 P2.6 H20): what each way asks for, how long it is good, and what it costs in rate, before one is chosen. */
export function filingOptions(
  destination: string,
  standing: readonly Filing[],
  rules: ValueSource,
  on: Day,
): FilingOption[] {
  const referral = rules.on('referralCutPoints', on);
  const other = rules.on('otherTemporaryCutPoints', on);
  const cutOf = (value: typeof referral): Pick<FilingOption, 'cutPoints' | 'cutIsCeiling' | 'articles'> => ({
    cutPoints: Number(value.value),
    cutIsCeiling: value.article.startsWith('P'),
    articles: [value.article],
  });
  const options = filingCategories.map((category): FilingOption => {
    const met = standing
      .filter(isStanding)
      .map((one) => overlap(one, { category, destination }))
      .find((verdict) => verdict !== 'beside');
    const cut = isLongTerm(category)
      ? { cutPoints: 0, cutIsCeiling: false, articles: ['P2.5', 'H20'] }
      : cutOf(category === 'referral' ? referral : other);
    return {
      category,
      name: categoryNames[category],
      materials: materialsInWords(requiredMaterials(category, rules, on)),
      validTo: filingValidity(category, on, rules).validTo,
      meets: met ?? null,
      ...cut,
    };
  });
  const without = { materials: [], validTo: null, meets: null };
  return [
    ...options,
    { category: 'emergency', name: '异地急诊抢救人员（视同已备案）', ...without, ...cutOf(referral) },
    { category: 'unfiled', name: '未备案（自费后回参保地手工报销）', ...without, ...cutOf(other) },
  ];
}
