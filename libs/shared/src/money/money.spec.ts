import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, formatWan, formatYuan, MoneyFormatError, multiply, parseYuan, ratio, sum } from './index.js';

const anyFen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('money', () => {
  it('[N37] yuan and fen are the same amount in both directions', () => {
    fc.assert(fc.property(anyFen, (amount) => parseYuan(formatYuan(amount)) === amount));
  });

  it.each(['', 'abc', '1.234', '1,000.00', '1e3', '--1', '1.', '.5', '１２'])(
    '[N37] %j is refused as an amount',
    (text) => {
      expect(() => parseYuan(text)).toThrow(MoneyFormatError);
    },
  );

  it('[N37] trailing zeros beyond two decimals are the same amount', () => {
    expect(parseYuan('12.3400')).toBe(1234n);
  });

  it('[N37] 14 digits of yuan are an amount, 15 are refused: no zero is taken off the end', () => {
    expect(parseYuan('10000000000000')).toBe(10n ** 15n);
    expect(() => parseYuan('100000000000000')).toThrow(MoneyFormatError);
  });

  it('[N31] class-B first-pay and fund amounts go half up to the fen: 3.177 is 3.18, 48.888 is 48.89', () => {
    expect(multiply(3177n, ratio('0.1'), 'half-up')).toBe(318n);
    expect(multiply(6111n, ratio('0.8'), 'half-up')).toBe(4889n);
  });

  it('[N31] a tie goes up by half-up and to the even fen by half-even', () => {
    expect(multiply(5n, ratio('0.5'), 'half-up')).toBe(3n);
    expect(multiply(5n, ratio('0.5'), 'half-even')).toBe(2n);
  });

  it('[N42] rounding is symmetric, so a negated amount gives the negated result', () => {
    fc.assert(
      fc.property(anyFen, fc.integer({ min: 0, max: 10_000 }), (amount, tenThousandths) => {
        const share = ratio(`0.${tenThousandths.toString().padStart(4, '0')}`.slice(0, 6));
        return multiply(-amount, share, 'half-up') === -multiply(amount, share, 'half-up');
      }),
    );
  });

  it('[N54] an allocation loses and invents nothing', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyFen, weights, (amount, parts) => {
        fc.pre(parts.some((part) => part > 0n));
        expect(sum(allocate(amount, parts))).toBe(amount);
      }),
    );
  });

  it('[N54] no share of an allocation is further than one fen from its exact share, and a zero weight gets nothing', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (amount, parts) => {
        fc.pre(parts.some((part) => part > 0n));
        const total = sum(parts);
        allocate(amount, parts).forEach((share, index) => {
          const exactTimesTotal = amount * (parts[index] ?? 0n);
          const gap = share * total - exactTimesTotal;
          expect(gap < total && gap > -total).toBe(true);
          if (parts[index] === 0n) expect(share).toBe(0n);
        });
      }),
    );
  });

  it('[A3] 万元 with two decimals, half up: 4015.80 yuan is 0.40, 4050.00 is 0.41, 4049.99 is 0.40', () => {
    expect([formatWan(401_580n), formatWan(405_000n), formatWan(404_999n)]).toEqual(['0.40', '0.41', '0.40']);
  });
});
