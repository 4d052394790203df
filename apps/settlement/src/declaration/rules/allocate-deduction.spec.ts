import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { allocateDeduction, personalAccountType } from './allocate-deduction.js';
import type { Payer } from './allocate-deduction.js';

const payer = (fundType: string, amountFen: bigint): Payer => ({ fundType, amountFen });
const shares = (deduction: bigint, ...payers: Payer[]): string[] | undefined =>
  allocateDeduction(deduction, payers)?.map(({ fundType, amountFen }) => `${fundType} ${amountFen}`);

describe('a deduction over the funds that paid', () => {
  it('[N54 H49] one fund bears all of it', () => {
    expect(shares(40_000n, payer('390100', 264_271n))).toEqual(['390100 40000']);
  });

  it('[N54 H72] several funds bear it in proportion, rounded down, the rest goes to the pooling fund', () => {
    expect(shares(100n, payer('310100', 2_000n), payer('330100', 1_000n))).toEqual(['310100 67', '330100 33']);
    expect(shares(100n, payer('330100', 2_000n), payer('310100', 1_000n))).toEqual(['330100 66', '310100 34']);
    expect(shares(1n, payer('330100', 2_000n), payer('310100', 1_000n))).toEqual(['310100 1']);
  });

  it('[N54] without a pooling fund the first bears the rest', () => {
    expect(shares(100n, payer('330100', 1_000n), payer('320100', 2_000n))).toEqual(['330100 34', '320100 66']);
  });

  it('[N54] a pooling fund that has given all it paid leaves the rest to the others', () => {
    expect(shares(4n, payer('390200', 1n), payer('310100', 1n), payer('330100', 5n))).toEqual([
      '390200 1',
      '310100 1',
      '330100 2',
    ]);
  });

  it('[N54] the personal account gives only what the funds cannot', () => {
    const payers = [payer('310100', 1_000n), payer(personalAccountType, 500n)];
    expect(shares(1_000n, ...payers)).toEqual(['310100 1000']);
    expect(shares(1_001n, ...payers)).toEqual(['310100 1000', '310200 1']);
    expect(shares(300n, payer(personalAccountType, 500n))).toEqual(['310200 300']);
  });

  it('[N54] all that was paid can be deducted, one fen more cannot, nothing cannot, a refund pays nothing', () => {
    const payers = [payer('310100', 1_000n), payer(personalAccountType, 500n)];
    expect(shares(1_500n, ...payers)).toEqual(['310100 1000', '310200 500']);
    expect(shares(1_501n, ...payers)).toBeUndefined();
    expect(shares(0n, ...payers)).toBeUndefined();
    expect(shares(-1n, ...payers)).toBeUndefined();
    expect(shares(1n, payer('310100', -1_000n))).toBeUndefined();
  });

  it('[N54] no fen is lost or invented, and no fund gives more than it paid', () => {
    const anyPayers = fc.uniqueArray(
      fc.record({
        fundType: fc.constantFrom('310100', '330100', '320100', '390200', personalAccountType),
        amountFen: fc.nat({ max: 1_000_000 }).map(BigInt),
      }),
      { selector: ({ fundType }) => fundType, maxLength: 5 },
    );
    fc.assert(
      fc.property(anyPayers, fc.integer({ min: 1, max: 1_000_000 }), (payers, millionths) => {
        const paid = sum(payers.map(({ amountFen }) => amountFen));
        const deduction = (paid * BigInt(millionths)) / 1_000_000n;
        fc.pre(deduction > 0n);
        const result = allocateDeduction(deduction, payers) ?? [];
        expect(sum(result.map(({ amountFen }) => amountFen))).toBe(deduction);
        for (const { fundType, amountFen } of result) {
          const limit = payers.find((one) => one.fundType === fundType)?.amountFen ?? 0n;
          expect(amountFen > 0n && amountFen <= limit).toBe(true);
        }
      }),
    );
  });
});
