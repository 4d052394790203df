import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { formatYuan } from '#shared/money';
import type { CatalogueItem } from '../../catalogue/catalogue-item.js';
import { lineAmountFits } from '../../scope/rules/line-amount.js';
import { splitLine } from '../../scope/rules/split-line.js';
import type { GivenSelfPayLine, SelfPayLine } from '../self-pay-bill.js';

const otherCharges = '14';

/** 自费明细分解 (N31 N61): by the treatment place's catalogue of its day; an item that it does not have is own expense. */
export function splitSelfPayLine(
  given: GivenSelfPayLine,
  item: CatalogueItem | undefined,
  position: number,
): Outcome<SelfPayLine> {
  const { lineNo, price, quantity, amountFen } = given;
  if (!lineAmountFits(amountFen, price, quantity))
    return refuse('LINE_SUM_WRONG', { line: lineNo, amount: formatYuan(amountFen) });
  const terms = item ?? { class: 'C' as const, firstPayRatio: '1', priceLimitFen: null };
  return {
    lineNo,
    itemCode: given.itemCode,
    category: item?.category ?? given.category ?? otherCharges,
    class: terms.class,
    firstPayRatio: terms.firstPayRatio,
    priceLimitFen: terms.priceLimitFen,
    price,
    quantity,
    position,
    ...splitLine(amountFen, quantity, terms),
    occurredAt: given.occurredAt,
    inCatalogue: item !== undefined,
    details: given.details,
  };
}
