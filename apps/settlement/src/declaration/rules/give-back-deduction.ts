import type { Fen } from '#shared/money';

/**
 * 扣款随退费回冲 (N54 H72 N42): a refund takes back all that a charge declared, but the institution was paid declared − deducted.
 * So the refund carries the deduction of its charge with the opposite sign, fund by fund, and takes back only what was paid.
 */
export const giveBackDeduction = <D extends { readonly amountFen: Fen }>(deduction: D): D => ({
  ...deduction,
  amountFen: -deduction.amountFen,
});
