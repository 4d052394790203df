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

const modes: Record<Rounding, Decimal.Rounding> = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
};

/** amount × ratio in fen, by a named rounding. */
export function multiply(amount: Fen, by: Ratio, rounding: Rounding): Fen {
  return BigInt(new Exact(amount.toString()).times(by).toDecimalPlaces(0, modes[rounding]).toFixed(0));
}

/** numerator ÷ denominator as an exact-enough ratio (60 digits); the caller has checked that the denominator is not 0. */
export function quotient(numerator: Fen, denominator: Fen): Ratio {
  return new Exact(numerator.toString()).div(denominator.toString());
}
