import { describe, expect, it } from '@jest/globals';
import { netReversals } from './net-reversals.js';
import { splitLine } from './split-line.js';

const line = (itemCode: string, amountFen: bigint, price = '1') => ({
  ...{ itemCode, price, category: '09' },
  ...splitLine(amountFen, amountFen < 0n ? '-1' : '1', { class: 'B', firstPayRatio: '0.1', priceLimitFen: null }),
});
const totals = (...lines: ReturnType<typeof line>[]): bigint[] => netReversals(lines).map(({ totalFen }) => totalFen);

describe('charges that were taken back', () => {
  it('[N33 N31] are counted together with what they take back, so that nothing negative crosses to the home side', () => {
    expect(totals(line('X', 9_000n), line('Y', 500n), line('X', -3_000n))).toEqual([500n, 6_000n]);
    expect(totals(line('X', 9_000n, '90.00'), line('X', -9_000n, '90'))).toEqual([]);
  });

  it('[N33] at another price are another charge; without any, every line stays for itself', () => {
    expect(totals(line('X', 9_000n, '90'), line('X', 3_000n, '30'), line('X', -3_000n, '30'))).toEqual([9_000n]);
    expect(totals(line('X', 9_000n), line('X', 3_000n))).toEqual([9_000n, 3_000n]);
  });
});
