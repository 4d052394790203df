import { Decimal } from 'decimal.js';
import type { Fen } from './fen.js';

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** An exact ratio, for example 0.85. Made from a decimal string, never from a float. */
export type Ratio = Decimal;

export function ratio(text: string): Ratio {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`not a ratio: ${text}`);
  return new Exact(text);
}

/** How a product is brought back to whole fen. Half up goes away from zero, so that a refund is the exact mirror. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';

/** Ratios are few and used again and again; as a fraction of whole numbers a product costs no decimal arithmetic. */
const fractions = new WeakMap<Ratio, { numerator: bigint; denominator: bigint }>();

function fractionOf(value: Ratio): { numerator: bigint; denominator: bigint } {
  const known = fractions.get(value);
  if (known !== undefined) return known;
  const [whole = '0', decimals = ''] = value.toFixed().split('.');
  const fraction = { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
  fractions.set(value, fraction);
  return fraction;
}

/** amount × ratio in fen, by a named rounding. */
export function multiply(amount: Fen, by: Ratio, rounding: Rounding): Fen {
  const { numerator, denominator } = fractionOf(by);
  return multiplyFraction(amount, numerator, denominator, rounding);
}

/** Σ amount × ratio in fen, added up exactly and rounded once. */
export function multiplySum(
  products: readonly { readonly amountFen: Fen; readonly ratio: Ratio }[],
  rounding: Rounding,
): Fen {
  let top = 0n;
  let bottom = 1n;
  for (const { amountFen, ratio: by } of products) {
    const { numerator, denominator } = fractionOf(by);
    top = top * denominator + amountFen * numerator * bottom;
    bottom *= denominator;
  }
  return multiplyFraction(1n, top, bottom, rounding);
}

/** amount × numerator ÷ denominator in fen, by a named rounding; the denominator is above 0. */
export function multiplyFraction(amount: Fen, numerator: bigint, denominator: bigint, rounding: Rounding): Fen {
  const product = amount * numerator;
  const sign = product < 0n ? -1n : 1n;
  const absolute = product * sign;
  const below = absolute / denominator;
  const twice = (absolute % denominator) * 2n;
  const up =
    rounding === 'up'
      ? twice > 0n
      : rounding === 'half-up'
        ? twice >= denominator
        : rounding === 'half-even' && (twice > denominator || (twice === denominator && below % 2n === 1n));
  return (up ? below + 1n : below) * sign;
}

/** numerator ÷ denominator as an exact-enough ratio (60 digits); the caller has checked that the denominator is not 0. */
export function quotient(numerator: Fen, denominator: Fen): Ratio {
  return new Exact(numerator.toString()).div(denominator.toString());
}
