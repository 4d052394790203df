import { multiply, ratio } from '#shared/money';
import type { Fen } from '#shared/money';

const microPerFen = 10_000n;

/** 明细金额 = 单价 × 数量: hospitals round in their own way, so one fen of difference is theirs to choose. */
export function lineAmountFits(amountFen: Fen, price: string, quantity: string): boolean {
  const priceMicro = toMicro(price);
  if (priceMicro === undefined) return false;
  const exact = multiply(multiply(priceMicro, ratio(quantity), 'half-up'), ratio('0.0001'), 'half-up');
  const difference = amountFen - exact;
  return difference >= -1n && difference <= 1n;
}

/** A price of up to six decimals as a whole number of 0.000001 yuan. */
function toMicro(text: string): bigint | undefined {
  const match = /^(-)?(\d{1,12})(?:\.(\d{1,6})0*)?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole) * 100n * microPerFen + BigInt(fraction.padEnd(6, '0'));
  return sign === undefined ? value : -value;
}
