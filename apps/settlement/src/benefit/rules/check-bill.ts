import type { PolicyPack } from '../../policy/policy-pack.js';
import { addScopes, scopeAddsUp } from '../../scope/scope.js';
import type { ScopeAmounts } from '../../scope/scope.js';
import type { BenefitFacts, BenefitRefusal } from '../benefit.js';

/** More lines than any real stay has; such a bill is a mistake of the sender. */
export const mostLines = 9_999;

/** 账单检查 (N37): what must be right before anything is computed, in the order in which people should hear of it. */
export function checkBill(facts: BenefitFacts, pack: PolicyPack): BenefitRefusal | undefined {
  const { scope, parts } = facts;
  if (parts.length > mostLines) return { refused: 'BILL_TOO_LONG', clause: `${parts.length} 行` };
  if ([scope, ...parts].some(hasNegative)) return { refused: 'BILL_NEGATIVE', clause: '费用金额' };
  if (![scope, ...parts].every(scopeAddsUp)) return { refused: 'BILL_SUMS_DIFFER', clause: '费用总额与四项之和' };
  if (parts.length > 0 && !sameScope(addScopes(parts), scope))
    return { refused: 'BILL_SUMS_DIFFER', clause: '明细合计与费用总额' };
  if (facts.admittedOn > facts.dischargedOn || facts.dischargedOn > facts.settledOn)
    return { refused: 'BILL_DAYS_WRONG', clause: `${facts.admittedOn}、${facts.dischargedOn}、${facts.settledOn}` };
  return outsideDomains(facts, pack);
}

function outsideDomains(facts: BenefitFacts, pack: PolicyPack): BenefitRefusal | undefined {
  const { levels, categories, tiers } = pack.domains;
  if (!levels.includes(facts.level))
    return { refused: 'BILL_LEVEL_UNCOVERED', clause: `${pack.id} 医院等级 ${facts.level}` };
  if (!categories.includes(facts.category))
    return { refused: 'BILL_PERSON_UNCOVERED', clause: `${pack.id} 人员类别 ${facts.category}` };
  if (tiers.length > 0 && !tiers.includes(facts.tier ?? ''))
    return { refused: 'BILL_PERSON_UNCOVERED', clause: `${pack.id} 参保档次 ${facts.tier ?? '（未登记）'}` };
  return undefined;
}

const hasNegative = (one: ScopeAmounts): boolean =>
  one.totalFen < 0n || one.ownExpenseFen < 0n || one.overLimitFen < 0n || one.firstPayFen < 0n || one.inScopeFen < 0n;

const sameScope = (a: ScopeAmounts, b: ScopeAmounts): boolean =>
  a.totalFen === b.totalFen &&
  a.ownExpenseFen === b.ownExpenseFen &&
  a.overLimitFen === b.overLimitFen &&
  a.firstPayFen === b.firstPayFen &&
  a.inScopeFen === b.inScopeFen;
