import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { negateScope, scopeAddsUp } from '../scope.js';
import type { CatalogueTerms } from '../scope.js';
import { splitLine } from './split-line.js';

const terms = (given: Partial<CatalogueTerms>): CatalogueTerms => ({
  class: 'A',
  firstPayRatio: '0',
  priceLimitFen: null,
  ...given,
});
const split = (amountFen: bigint, quantity: string, given: Partial<CatalogueTerms>): bigint[] => {
  const { ownExpenseFen, overLimitFen, firstPayFen, inScopeFen } = splitLine(amountFen, quantity, terms(given));
  return [ownExpenseFen, overLimitFen, firstPayFen, inScopeFen];
};

describe('splitting a line by the catalogue of the treatment place', () => {
  it('[N31] class A is in scope, class C is own expense', () => {
    expect(split(10_000n, '1', {})).toEqual([0n, 0n, 0n, 10_000n]);
    expect(split(10_000n, '1', { class: 'C', firstPayRatio: '1' })).toEqual([10_000n, 0n, 0n, 0n]);
  });

  it('[N31] class C stays own expense whatever limit it has', () => {
    expect(split(10_000n, '1', { class: 'C', priceLimitFen: 1n })).toEqual([10_000n, 0n, 0n, 0n]);
  });

  it.each([
    [5_000n, '1', 0n],
    [5_001n, '1', 1n],
    [10_000n, '2', 0n],
    [10_001n, '2', 1n],
    [2_500n, '0.5', 0n],
    [2_501n, '0.5', 1n],
  ])('[N31] a limit of 50.00 per unit: %s fen for %s units is %s over it', (amount, quantity, over) => {
    expect(split(amount, quantity, { priceLimitFen: 5_000n })).toEqual([0n, over, 0n, amount - over]);
  });

  it('[N31] a limit of nothing puts everything over it', () => {
    expect(split(10_000n, '1', { priceLimitFen: 0n, class: 'B', firstPayRatio: '0.1' })).toEqual([0n, 10_000n, 0n, 0n]);
  });

  it.each([
    [31_774n, 3_177n],
    [31_775n, 3_178n],
    [4n, 0n],
    [5n, 1n],
  ])('[N31 H20] class-B first-pay of 10 % of %s fen is %s: half up per line', (amount, firstPay) => {
    expect(split(amount, '1', { class: 'B', firstPayRatio: '0.10' })).toEqual([0n, 0n, firstPay, amount - firstPay]);
  });

  it('[N31] first-pay is taken of what is under the limit, not of the whole', () => {
    const implant = { class: 'B', firstPayRatio: '0.30', priceLimitFen: 1_000_000n } as const;
    expect(split(1_200_000n, '1', implant)).toEqual([0n, 200_000n, 300_000n, 700_000n]);
  });

  const anyTerms = fc.record({
    class: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    firstPayRatio: fc.constantFrom('0', '0.05', '0.1', '0.15', '0.3333', '1'),
    priceLimitFen: fc.option(fc.bigInt({ min: 0n, max: 10n ** 7n })),
  });
  const anyAmount = fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n });
  const anyQuantity = fc.constantFrom('1', '2', '0.5', '3.333333', '100');

  it('[N37] the four parts always add up to the line, and none of them is of the other sign', () => {
    fc.assert(
      fc.property(anyAmount, anyQuantity, anyTerms, (amount, quantity, any) => {
        const scope = splitLine(amount, quantity, any);
        expect(scopeAddsUp(scope)).toBe(true);
        expect(scope.totalFen).toBe(amount);
        const parts = [scope.ownExpenseFen, scope.overLimitFen, scope.firstPayFen, scope.inScopeFen];
        expect(parts.every((part) => (amount < 0n ? part <= 0n : part >= 0n))).toBe(true);
      }),
    );
  });

  it('[N42] a line that takes charges back is the exact mirror', () => {
    fc.assert(
      fc.property(anyAmount, anyQuantity, anyTerms, (amount, quantity, any) => {
        expect(splitLine(-amount, `-${quantity}`, any)).toEqual(negateScope(splitLine(amount, quantity, any)));
      }),
    );
  });
});
