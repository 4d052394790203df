import { ratio } from '#shared/money';
import { addScopes } from '../scope.js';
import type { ScopeAmounts } from '../scope.js';

type Line = ScopeAmounts & { readonly itemCode: string; readonly price: string; readonly category: string };

/**
 * 冲减合并 (N33 N31): a line that takes charges back is counted together with those of the same item at the same price, which it
 * never exceeds, so that the home side is asked about what was charged in the end. Without such lines every line stays as it is.
 */
export function netReversals(lines: readonly Line[]): readonly (ScopeAmounts & { readonly category: string })[] {
  const nameOf = ({ itemCode, price }: Line): string => `${itemCode} ${ratio(price).toString()}`;
  const taken = new Set(lines.filter(({ totalFen }) => totalFen < 0n).map(nameOf));
  if (taken.size === 0) return lines;
  const nets = [...taken].map((name) => {
    const same = lines.filter((line) => nameOf(line) === name);
    return { category: same[0]?.category ?? '', ...addScopes(same) };
  });
  return [...lines.filter((line) => !taken.has(nameOf(line))), ...nets.filter((net) => !isNothing(net))];
}

const isNothing = ({ ownExpenseFen, overLimitFen, firstPayFen, inScopeFen }: ScopeAmounts): boolean =>
  ownExpenseFen === 0n && overLimitFen === 0n && firstPayFen === 0n && inScopeFen === 0n;
