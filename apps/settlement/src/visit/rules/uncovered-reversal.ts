import { ratio } from '#shared/money';
import type { FeeLine } from '../visit.js';

type Quantities = Pick<FeeLine, 'lineNo' | 'batchNo' | 'itemCode' | 'price' | 'quantity'>;

/**
 * 冲减 (N31): a line with a negative quantity takes back what was charged in the same batch for the same item at the same
 * price, and no more. Answers the number of a line that takes back too much among those that are to be settled together.
 */
export function uncoveredReversal(lines: readonly Quantities[]): string | undefined {
  const groups = Map.groupBy(
    lines,
    ({ batchNo, itemCode, price }) => `${batchNo} ${itemCode} ${ratio(price).toString()}`,
  );
  for (const group of groups.values()) {
    const left = group.reduce((sum, { quantity }) => sum.plus(ratio(quantity)), ratio('0'));
    if (left.isNegative() && !left.isZero())
      return group.findLast(({ quantity }) => ratio(quantity).isNegative())?.lineNo;
  }
  return undefined;
}
