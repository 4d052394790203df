import { describe, expect, it } from '@jest/globals';
import { usageByPayee } from './usage-by-payee.js';

const pair = (payer: string, payee: string, clearedFen: bigint, prepaymentFen: bigint) => ({
  payer,
  payee,
  clearedFen,
  prepaymentFen,
});

describe('usage by receiving province', () => {
  it('[N18 N23] all payers’ prepayments at one place are one pool; the pairs stay visible', () => {
    const hunan = pair('430000', '310000', 950n, 1_000n);
    const hubei = pair('420000', '310000', 0n, 1_000n);
    const elsewhere = pair('430000', '110000', 10n, 20n);
    expect(usageByPayee([hunan, elsewhere, hubei])).toEqual([
      { payee: '110000', clearedFen: 10n, prepaymentFen: 20n, pairs: [elsewhere] },
      { payee: '310000', clearedFen: 950n, prepaymentFen: 2_000n, pairs: [hunan, hubei] },
    ]);
  });
});
