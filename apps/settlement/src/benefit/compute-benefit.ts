import type { Day } from '#shared/clock';
import { formatYuan, multiply } from '#shared/money';
import { isMissing, missing } from './benefit.js';
import type { Accumulators, BenefitFacts, BenefitSplit, MissingClause, Setting } from './benefit.js';
import type { BenefitTerms, PolicyPack } from './policy-pack.js';
import { accountShare } from './rules/account-share.js';
import { baseRatio } from './rules/base-ratio.js';
import { crossRegionCut } from './rules/cross-region-cut.js';
import { deductible } from './rules/deductible.js';
import { fundCap } from './rules/fund-cap.js';

const settingNames: Record<Setting, string> = { inpatient: '住院', outpatient: '普通门诊' };

/** The version of a pack's terms that is in force on a day. */
export function termsOn(pack: PolicyPack, setting: Setting, day: Day): BenefitTerms | MissingClause {
  const found = pack[setting]?.find(({ from, to }) => from <= day && (to === undefined || day <= to));
  return found ?? missing(`${pack.id} ${settingNames[setting]}待遇`);
}

/**
 * 待遇计算 (H20): the rules in their order. In: the pack, the facts of one bill, what the year has used. Out: who pays what
 * and why, with total = funds + account + cash + hospital; or the clause that the pack leaves open.
 */
export function computeBenefit(
  pack: PolicyPack,
  facts: BenefitFacts,
  year: Accumulators,
  day: Day,
): BenefitSplit | MissingClause {
  const terms = termsOn(pack, facts.setting, day);
  if (isMissing(terms)) return terms;

  const { totalFen, inScopeFen } = facts.scope;
  const threshold = deductible(terms.deductible, facts.level, inScopeFen, year);
  if (isMissing(threshold)) return threshold;
  const local = baseRatio(terms.ratio, facts.level, facts.category, facts.tier);
  if (isMissing(local)) return local;
  const cut = crossRegionCut(local.ratio, facts.route, facts, pack.crossRegion);
  const baseFen = inScopeFen - threshold.deductibleFen;
  const capped = fundCap(multiply(baseFen, cut.ratio, 'half-up'), terms.cap, facts.setting, facts.category, year);
  if (isMissing(capped)) return capped;

  const personalFen = totalFen - capped.fundFen;
  const personalAccountFen = accountShare(personalFen, facts.accountBalanceFen, facts.useAccount);
  const ratioFrom = [local.from, cut.because].filter((part) => part !== '').join('，');
  return {
    deductibleFen: threshold.deductibleFen,
    ratio: cut.ratio,
    ratioFrom,
    funds: [{ fundType: pack.fundType, amountFen: capped.fundFen }],
    personalAccountFen,
    cashFen: personalFen - personalAccountFen,
    hospitalFen: 0n,
    changes: { ...threshold.changes, ...capped.changes },
    explanation: [
      threshold.explanation,
      {
        rule: 'ratio',
        text: `支付比例 ${cut.ratio.toString()}（${ratioFrom}）`,
        articles: [local.article, cut.article],
      },
      {
        rule: 'fund',
        text: `（${formatYuan(inScopeFen)} − ${formatYuan(threshold.deductibleFen)}）× ${cut.ratio.toString()} = ${formatYuan(capped.fundFen)} 元`,
        articles: [local.article],
      },
      ...capped.explanation,
    ],
  };
}
