import { least, multiply, ratio } from '#shared/money';
import type { Fen } from '#shared/money';
import type { CatalogueTerms, ScopeAmounts } from '../scope.js';

/**
 * 费用明细分解 (N31 H20): by the catalogue of the treatment place. Own expense first, then what is above the price limit,
 * then the first-pay share of what is left, per line and half up. A line that takes charges back is the exact mirror.
 */
export function splitLine(amountFen: Fen, quantity: string, terms: CatalogueTerms): ScopeAmounts {
  const sign = amountFen < 0n ? -1n : 1n;
  const totalFen = amountFen * sign;
  if (terms.class === 'C')
    return signed({ totalFen, ownExpenseFen: totalFen, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 0n }, sign);
  const limitFen =
    terms.priceLimitFen === null
      ? totalFen
      : multiply(terms.priceLimitFen, ratio(quantity.replace('-', '')), 'half-up');
  const allowedFen = least(totalFen, limitFen);
  const firstPayFen = multiply(allowedFen, ratio(terms.firstPayRatio), 'half-up');
  return signed(
    {
      totalFen,
      ownExpenseFen: 0n,
      overLimitFen: totalFen - allowedFen,
      firstPayFen,
      inScopeFen: allowedFen - firstPayFen,
    },
    sign,
  );
}

const signed = (scope: ScopeAmounts, sign: bigint): ScopeAmounts => ({
  totalFen: scope.totalFen * sign,
  ownExpenseFen: scope.ownExpenseFen * sign,
  overLimitFen: scope.overLimitFen * sign,
  firstPayFen: scope.firstPayFen * sign,
  inScopeFen: scope.inScopeFen * sign,
});
