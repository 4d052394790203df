import { sum } from './fen.js';
import type { Fen } from './fen.js';

/**
 * Divides an amount in proportion to weights and loses nothing: the shares always add up to the amount.
 * What is left after rounding down goes fen by fen to the largest remainders; equal remainders go to the earlier share.
 * Weights must not be negative and must not all be zero.
 */
export function allocate(amount: Fen, weights: readonly bigint[]): Fen[] {
  const total = sum(weights);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new Error('allocation needs a positive weight');
  const sign = amount < 0n ? -1n : 1n;
  const absolute = amount * sign;
  const shares = weights.map((weight) => (absolute * weight) / total);
  let left = absolute - sum(shares);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (absolute * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => share * sign);
}
