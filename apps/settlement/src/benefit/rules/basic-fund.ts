import { least, multiply, multiplyFraction } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { CrossRule, Terms } from '../../policy/policy-pack.js';
import { minus, over, plus, rate, smaller, times, yuan } from '../expression.js';
import type { Reckoning } from '../reckoning.js';
import { bandParts } from './band-parts.js';
import { bandSum } from './band-sum.js';
import { narrowest, useCaps } from './cap-room.js';
import { deductible } from './deductible.js';
import { explainRatio } from './explain-ratio.js';
import { floorGuarantee } from './floor-guarantee.js';
import { dividePersonal } from './personal-parts.js';
import { specialItems } from './special-items.js';

export interface BasicFund {
  readonly paidFen: Fen;
  readonly deductibleFen: Fen;
  readonly ratio: Ratio | null;
}

/** 基本医保统筹支付 (N31 H18 H20): docs/policy-packs.md 8.3, step by step. `counted` is false where the earlier year counts it. */
export function basicFund(terms: Terms, cross: CrossRule, counted: boolean, bill: Reckoning): BasicFund {
  const { inScopeFen } = bill.facts.scope;
  const items = specialItems(terms.items, bill);
  const ordinaryFen = inScopeFen - items.inScopeFen;
  const routeFirstPayFen = routeFirstPay(ordinaryFen, cross, bill);
  const countedFen = ordinaryFen - routeFirstPayFen;
  const allowedFen = underCostCaps(terms, countedFen, bill);
  const deductibleFen = deductible(terms.deductible, allowedFen, counted, bill);
  const baseFen = allowedFen - deductibleFen;

  const sums = byRatio(terms, cross, { allowedFen, deductibleFen, baseFen }, bill);
  const beforeFloorFen = sums.payFen + items.fundFen;
  bill.figures.amount({ rule: 'basic-fund', name: '基本统筹按比例', clause: terms.ratio.clause }, beforeFloorFen, () =>
    items.fundFen === 0n ? sums.formula() : plus(sums.formula(), yuan(items.fundFen)),
  );
  const fundFen = floorGuarantee(terms.floor, beforeFloorFen, bill);
  const paidFen = underFundCaps(terms, fundFen, bill);
  const overFundCapFen = overCap(baseFen, fundFen, paidFen, bill);
  dividePersonal(bill, inScopeFen - paidFen, {
    overCapFen: countedFen - allowedFen + overFundCapFen,
    routeFirstPayFen,
    deductibleFen,
  });
  return { paidFen, deductibleFen, ratio: sums.ratios[0] ?? null };
}

/** 先行自付 (c): a share of the in-scope money before deductible and ratio. */
function routeFirstPay(ordinaryFen: Fen, { firstPay }: CrossRule, bill: Reckoning): Fen {
  if (firstPay === undefined) return 0n;
  const amountFen = multiply(ordinaryFen, firstPay, 'half-up');
  bill.figures.amount({ rule: 'route-first-pay', name: '异地先行自付', articles: ['H20', 'P2.6'] }, amountFen, () =>
    times(yuan(ordinaryFen), rate(firstPay)),
  );
  return amountFen;
}

function underCostCaps(terms: Terms, countedFen: Fen, bill: Reckoning): Fen {
  const limit = narrowest(terms.caps, 'cost', bill);
  const allowedFen = limit === undefined ? countedFen : least(countedFen, limit.roomFen);
  if (limit !== undefined)
    bill.figures.amount({ rule: 'cost-cap', name: '限额内费用', clause: limit.cap.clause }, allowedFen, () =>
      smaller(yuan(countedFen), yuan(limit.roomFen)),
    );
  useCaps(terms.caps, 'cost', allowedFen, bill);
  return allowedFen;
}

function byRatio(
  { ratio: clause, setting }: Terms,
  cross: CrossRule,
  { allowedFen, deductibleFen, baseFen }: { allowedFen: Fen; deductibleFen: Fen; baseFen: Fen },
  bill: Reckoning,
) {
  if (clause.clause.unconfirmed !== undefined) bill.rest(clause.clause);
  bill.figures.amount({ rule: 'base', name: '统筹支付基数', clause: clause.clause }, baseFen, () =>
    minus(yuan(allowedFen), yuan(deductibleFen)),
  );
  const axis = `axis.${setting}`;
  const onYear = clause.banded && clause.over === 'year';
  const startFen = onYear ? bill.used(axis) : 0n;
  const fromFen = clause.axis === 'in-scope' ? startFen + deductibleFen : startFen;
  const parts = bandParts(clause.steps, fromFen, fromFen + baseFen);
  const sums = bandSum(parts, clause, cross, bill);
  explainRatio(clause, parts, cross, bill);
  if (onYear) bill.move(axis, clause.axis === 'in-scope' ? allowedFen : baseFen);
  return sums;
}

function underFundCaps(terms: Terms, fundFen: Fen, bill: Reckoning): Fen {
  const limit = narrowest(terms.caps, 'fund', bill);
  const paidFen = limit === undefined ? fundFen : least(fundFen, limit.roomFen);
  if (limit !== undefined)
    bill.figures.amount({ rule: 'fund-cap', name: '基本统筹支付', clause: limit.cap.clause }, paidFen, () =>
      smaller(yuan(fundFen), yuan(limit.roomFen)),
    );
  useCaps(terms.caps, 'fund', paidFen, bill);
  return paidFen;
}

/** 超封顶费用: the part of the base that the capped fund did not pay for, in proportion. */
function overCap(baseFen: Fen, fundFen: Fen, paidFen: Fen, bill: Reckoning): Fen {
  if (paidFen >= fundFen) return 0n;
  const amountFen = multiplyFraction(baseFen, fundFen - paidFen, fundFen, 'half-up');
  bill.figures.amount({ rule: 'over-cap', name: '超封顶线费用' }, amountFen, () =>
    over(times(yuan(baseFen), minus(yuan(fundFen), yuan(paidFen))), yuan(fundFen)),
  );
  return amountFen;
}
