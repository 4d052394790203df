import { multiplySum } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { Adjustment, Clause, CrossRule } from '../../policy/policy-pack.js';
import { plus, rate, times, yuan } from '../expression.js';
import type { Expression } from '../expression.js';
import { OpenClause } from '../reckoning.js';
import type { Reckoning } from '../reckoning.js';
import { adjustedRatio, changesByAge } from './adjusted-ratio.js';
import type { BandPart } from './band-parts.js';

export interface BandSum {
  readonly payFen: Fen;
  readonly ratios: readonly Ratio[];
  readonly formula: () => Expression;
}

/** 分段支付: Σ part × ratio, added up exactly and rounded half up once (N31). */
export function bandSum(
  parts: readonly BandPart[],
  terms: { clause: Clause; adjust: readonly Adjustment[] },
  cut: Pick<CrossRule, 'factor' | 'points'>,
  bill: Reckoning,
): BandSum {
  const products = parts.map(({ step, amountFen }) => {
    const table = bill.value(step.ratio, terms.clause, '支付比例');
    if (bill.at.age === null && terms.adjust.some(changesByAge))
      throw new OpenClause(`${terms.clause.pack} ${terms.clause.clause}（年龄不明）`);
    return { amountFen, ratio: adjustedRatio(table, terms.adjust, bill.at, cut) };
  });
  return {
    payFen: multiplySum(products, 'half-up'),
    ratios: products.map(({ ratio }) => ratio),
    formula: () =>
      products.length === 0
        ? yuan(0n)
        : plus(...products.map(({ amountFen, ratio }) => times(yuan(amountFen), rate(ratio)))),
  };
}
