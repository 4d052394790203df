import { multiply, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { ItemClause } from '../../policy/policy-pack.js';
import { minus, rate, times, yuan } from '../expression.js';
import type { Reckoning } from '../reckoning.js';

/** 单列项目 (m): the person pays a share of these items, the fund the rest, outside of deductible and ratio. */
export function specialItems(clauses: readonly ItemClause[], bill: Reckoning): { inScopeFen: Fen; fundFen: Fen } {
  let inScopeFen = 0n;
  let fundFen = 0n;
  for (const { clause, item, selfPay } of clauses) {
    const parts = bill.facts.parts.filter((part) => part.item === item);
    if (parts.length === 0) continue;
    if (clause.unconfirmed !== undefined) bill.rest(clause);
    const amountFen = sum(parts.map((part) => part.inScopeFen));
    const share = bill.value(selfPay, clause, item);
    const selfPaidFen = multiply(amountFen, share, 'half-up');
    bill.figures.amount({ rule: 'special-item', name: `单列项目 ${item} 自付`, clause }, selfPaidFen, () =>
      times(yuan(amountFen), rate(share)),
    );
    bill.figures.amount(
      { rule: 'special-item', name: `单列项目 ${item} 统筹支付`, clause },
      amountFen - selfPaidFen,
      () => minus(yuan(amountFen), yuan(selfPaidFen)),
    );
    inScopeFen += amountFen;
    fundFen += amountFen - selfPaidFen;
  }
  return { inScopeFen, fundFen };
}
