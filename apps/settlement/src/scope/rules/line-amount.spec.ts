import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineAmountFits } from './line-amount.js';

describe('amount of a line', () => {
  it.each([
    ['10.00', '3', 2_999n, 3_000n, 3_001n],
    ['0.333333', '3', 99n, 100n, 101n],
    ['12.345', '2', 2_468n, 2_469n, 2_470n],
    ['10', '-3', -3_001n, -3_000n, -2_999n],
    ['-10', '3', -3_001n, -3_000n, -2_999n],
  ])('[N31] %s × %s: one fen either way is the hospital’s rounding', (price, quantity, ...amounts) => {
    expect(amounts.every((amount) => lineAmountFits(amount, price, quantity))).toBe(true);
  });

  it.each([
    ['10.00', '3', 2_998n],
    ['10.00', '3', 3_002n],
    ['10.00', '-3', 3_000n],
    ['10.00', '0', 2n],
  ])('[N31] %s × %s is not %s fen', (price, quantity, amount) => {
    expect(lineAmountFits(amount, price, quantity)).toBe(false);
  });

  it('[N31] prices have up to six decimals and twelve digits before them; what is longer is no price', () => {
    expect(lineAmountFits(10n ** 13n, '100000000000', '1')).toBe(true);
    expect(lineAmountFits(10n ** 14n, '1000000000000', '1')).toBe(false);
    expect(lineAmountFits(10n ** 13n, '1000000000000', '1')).toBe(false);
    expect(lineAmountFits(100n, '1.0000000', '1')).toBe(true);
    expect(lineAmountFits(100n, '1.0000001', '1')).toBe(false);
    expect(lineAmountFits(0n, 'abc', '1')).toBe(false);
  });

  it('[N31] whole prices and quantities fit exactly, and two fen more never do', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 8n), fc.integer({ min: 1, max: 1_000 }), (priceFen, quantity) => {
        const price = `${priceFen / 100n}.${String(priceFen % 100n).padStart(2, '0')}`;
        const amount = priceFen * BigInt(quantity);
        expect(lineAmountFits(amount, price, String(quantity))).toBe(true);
        expect(lineAmountFits(amount + 2n, price, String(quantity))).toBe(false);
      }),
    );
  });
});
