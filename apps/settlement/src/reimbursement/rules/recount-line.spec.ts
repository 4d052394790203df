import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitLine } from '../../scope/rules/split-line.js';
import { countAsTreated } from '../case-line.js';
import { recountLine } from './recount-line.js';

const treated = { class: 'B', firstPayRatio: '0.1', priceLimitFen: null } as const;
const line = (totalFen: bigint, quantity = '1') =>
  countAsTreated({
    ...{ lineNo: 'L1', itemCode: 'X', category: '09', price: '1', quantity, occurredOn: '2026-03-10', position: 0 },
    ...splitLine(totalFen, quantity, treated),
  });
const item = { code: 'X', name: '示例', category: '09', levelLimits: {}, diseases: [], ...treated };

describe('a line by the catalogue of home', () => {
  it('[H53] what home does not have is own expense, and says so', () => {
    expect(recountLine(line(10_000n), undefined, 'L3')).toMatchObject({
      firstPayFen: 1_000n,
      counted: { ownExpenseFen: 10_000n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 0n },
      note: '参保地目录没有该项目，计入全自费',
    });
  });

  it('[H53] the same terms leave it as it was, without a note; others are named by their class', () => {
    expect(recountLine(line(10_000n), item, 'L3')).toEqual(line(10_000n));
    const dearer = recountLine(line(10_000n), { ...item, firstPayRatio: '0.3', priceLimitFen: 9_000n }, 'L3');
    expect(dearer.counted).toEqual({
      ownExpenseFen: 0n,
      overLimitFen: 1_000n,
      firstPayFen: 2_700n,
      inScopeFen: 6_300n,
    });
    expect(dearer.note).toContain('乙类');
  });

  it('[H53 H18] a limit of the hospital’s level stands before the general one', () => {
    const limited = { ...item, priceLimitFen: 9_000n, levelLimits: { L2: 5_000n } };
    const over = (level: 'L2' | 'L3') => recountLine(line(10_000n), limited, level).counted.overLimitFen;
    expect([over('L2'), over('L3')]).toEqual([5_000n, 1_000n]);
  });

  it('[H53 N37] whatever the catalogue, the total stays, also of a line that takes charges back', () => {
    const terms = fc.record({
      class: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
      firstPayRatio: fc.constantFrom('0', '0.1', '0.333'),
      priceLimitFen: fc.option(fc.bigInt({ min: 0n, max: 100_000n })),
    });
    fc.assert(
      fc.property(terms, fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), (given, totalFen) => {
        const { counted } = recountLine(line(totalFen, totalFen < 0n ? '-1' : '1'), { ...item, ...given }, 'L3');
        const { ownExpenseFen, overLimitFen, firstPayFen, inScopeFen } = counted;
        expect(ownExpenseFen + overLimitFen + firstPayFen + inScopeFen).toBe(totalFen);
      }),
    );
  });
});
