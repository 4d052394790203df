import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addScopes, scopeAddsUp } from '../scope.js';
import { categoryNames, foldCategories } from './fold-categories.js';
import { splitLine } from './split-line.js';

const codes = Object.keys(categoryNames);
const anyLine = fc
  .record({
    category: fc.constantFrom(...codes),
    amount: fc.bigInt({ min: -(10n ** 6n), max: 10n ** 9n }),
    class: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    ratio: fc.constantFrom('0', '0.1', '0.15', '0.3333'),
    limit: fc.option(fc.bigInt({ min: 0n, max: 10n ** 6n })),
  })
  .map(({ category, amount, ratio, limit, ...terms }) => ({
    category,
    ...splitLine(amount, '1', { ...terms, firstPayRatio: ratio, priceLimitFen: limit }),
  }));

describe('folding lines into the national categories', () => {
  it('[N32] there are 14 categories, 01 to 14', () => {
    expect(codes.sort()).toEqual(Array.from({ length: 14 }, (_, at) => String(at + 1).padStart(2, '0')));
  });

  it('[N32] lines of one category become one sum, in the order of the codes; a category without lines is not there', () => {
    const line = (category: string, total: bigint) => ({
      category,
      ...splitLine(total, '1', { class: 'A', firstPayRatio: '0', priceLimitFen: null }),
    });
    const folded = foldCategories([line('09', 5n), line('01', 7n), line('09', 6n)]);
    expect(folded.map(({ category, totalFen }) => [category, totalFen])).toEqual([
      ['01', 7n],
      ['09', 11n],
    ]);
  });

  it('[N32] what crosses to the home side sums to the fen to what was charged, in each of the four parts', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
        const folded = foldCategories(lines);
        expect(addScopes(folded)).toEqual(addScopes(lines));
        expect(folded.every(scopeAddsUp)).toBe(true);
        expect(new Set(folded.map(({ category }) => category)).size).toBe(folded.length);
      }),
    );
  });
});
