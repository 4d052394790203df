import type { CrossRule, RatioClause } from '../../policy/policy-pack.js';
import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import { larger, minus, plain, plus, rate, smaller, times } from '../expression.js';
import type { Expression } from '../expression.js';
import type { Reckoning } from '../reckoning.js';
import { adjustedRatio, applyAdjustment } from './adjusted-ratio.js';
import type { BandPart } from './band-parts.js';

/** 支付比例 in words: the table, what the person adds, what the route takes off, and the ratio that comes out. */
export function explainRatio(clause: RatioClause, parts: readonly BandPart[], cut: CrossRule, bill: Reckoning): void {
  if (!bill.figures.wanted) return;
  for (const { step } of parts) {
    const table = bill.value(step.ratio, clause.clause, '支付比例');
    const result = adjustedRatio(table, clause.adjust, bill.at, cut);
    const name = clause.banded
      ? `支付比例（${step.toFen === null ? '以上' : `至 ${step.toFen / 100n}`} 段）`
      : '支付比例';
    const articles = cut.points !== undefined || cut.factor !== undefined ? ['H20', 'P2.6'] : [];
    bill.figures.ratio({ rule: 'ratio', name, clause: clause.clause, articles }, result, () =>
      formula(table, clause, cut, bill),
    );
  }
}

function formula(table: Ratio, { adjust }: RatioClause, cut: CrossRule, bill: Reckoning): Expression {
  let value = table;
  let expression = rate(table);
  for (const change of adjust) {
    const next = applyAdjustment(value, change, bill.at);
    if (!next.equals(value)) {
      if (change.kind === 'co-pay-factor')
        expression = minus(plain('1'), times(minus(plain('1'), expression), rate(change.factor)));
      else if (next.equals(ratio('1')) && change.kind === 'age') expression = plain('1');
      else expression = plus(expression, rate(next.minus(value)));
    }
    value = next;
  }
  if (cut.factor !== undefined) {
    expression = times(expression, rate(cut.factor));
    value = value.times(cut.factor);
  }
  if (cut.points !== undefined) {
    expression = minus(expression, rate(cut.points));
    value = value.minus(cut.points);
  }
  if (value.lessThan(ratio('0'))) return larger(plain('0'), expression);
  return value.greaterThan(ratio('1')) ? smaller(plain('1'), expression) : expression;
}
