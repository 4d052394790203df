import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { allocateDeduction, personalAccountType } from './allocate-deduction.js';
import { giveBackDeduction } from './give-back-deduction.js';

const amount = fc.nat({ max: 10_000_000 }).map(BigInt);
const paidBy = fc.record({ '310100': amount, '330100': amount, [personalAccountType]: amount });

describe('a refund of a charge that was deducted', () => {
  it('[N54 N42] whatever was paid and deducted: charge and refund together are nothing, fund by fund', () => {
    fc.assert(
      fc.property(paidBy, fc.integer({ min: 1, max: 1_000 }), (paid, thousandths) => {
        const payers = Object.entries(paid).map(([fundType, amountFen]) => ({ fundType, amountFen }));
        const deduction = (sum(Object.values(paid)) * BigInt(thousandths)) / 1_000n;
        fc.pre(deduction > 0n);
        const deducted = allocateDeduction(deduction, payers) ?? [];
        const given = deducted.map(giveBackDeduction);
        for (const { fundType, amountFen } of payers) {
          const of = (some: typeof payers) =>
            sum(some.filter((one) => one.fundType === fundType).map((one) => one.amountFen));
          const refunded = -amountFen - of(given);
          expect(amountFen - of(deducted) + refunded).toBe(0n);
          // Never more than what was paid is taken back, and never anything given on top.
          expect(refunded <= 0n && -refunded <= amountFen).toBe(true);
        }
      }),
    );
  });
});
