import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import { missing } from '../benefit.js';
import type { MissingClause, PersonCategory } from '../benefit.js';
import type { InstitutionLevel, RatioTerms } from '../policy-pack.js';

export interface BaseRatio {
  readonly ratio: Ratio;
  readonly from: string;
  readonly article: string;
}

/** 支付比例 at a local institution of the same level, before anything is cut for going elsewhere. */
export function baseRatio(
  terms: RatioTerms,
  level: InstitutionLevel,
  category: PersonCategory,
  tier: string | null,
): BaseRatio | MissingClause {
  const { article } = terms;
  if (category === 'retired' && terms.retired !== undefined)
    return { ratio: ratio(terms.retired), from: `退休 ${terms.retired}`, article };
  const table = terms.byTier === undefined ? terms.byLevel : terms.byTier[tier ?? ''];
  const value = table?.[level];
  if (value === undefined) return missing(`${article}（${tier ?? ''}${level}）`);
  if (category !== 'retired' || terms.retiredAddPoints === undefined)
    return { ratio: ratio(value), from: value, article };
  const added = ratio(value).plus(ratio(terms.retiredAddPoints).div(100));
  return { ratio: added, from: `${value} + 退休 ${terms.retiredAddPoints} 个百分点`, article };
}
