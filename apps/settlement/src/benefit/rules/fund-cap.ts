import { formatYuan, least, most, parseYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { missing, used } from '../benefit.js';
import type { Accumulators, Explanation, MissingClause, PersonCategory, Setting } from '../benefit.js';
import type { CapTerms } from '../policy-pack.js';

export interface CapDecision {
  readonly fundFen: Fen;
  readonly changes: Accumulators;
  readonly explanation: readonly Explanation[];
}

export const fundPaid = (setting: Setting): string => `${setting}.fund`;

/** 最高支付限额: counted on what the fund really paid in the benefit year. */
export function fundCap(
  wantedFen: Fen,
  terms: CapTerms | undefined,
  setting: Setting,
  category: PersonCategory,
  year: Accumulators,
): CapDecision | MissingClause {
  if (terms === undefined) return { fundFen: wantedFen, changes: { [fundPaid(setting)]: wantedFen }, explanation: [] };
  const yearly = terms.yearly[category];
  if (yearly === undefined) return missing(`${terms.article}（${category}）`);
  const fundFen = least(wantedFen, most(0n, parseYuan(yearly) - used(year, fundPaid(setting))));
  const explanation = {
    rule: 'fund-cap',
    text: `年度限额 ${yearly} 元，本次最多支付 ${formatYuan(fundFen)} 元`,
    articles: [terms.article],
  };
  return {
    fundFen,
    changes: { [fundPaid(setting)]: fundFen },
    explanation: fundFen === wantedFen ? [] : [explanation],
  };
}
