import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settlementCompleted } from '#shared/contracts';
import { sum } from '#shared/money';
import { scopeAddsUp } from '../scope/scope.js';
import { completedPayload, fundTotal, payersAddUp, refundOf } from './settlement.js';
import type { Settlement } from './settlement.js';

const anySettlement: fc.Arbitrary<Settlement> = fc
  .record({
    scope: fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 4, maxLength: 4 }),
    shares: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 }),
    deductibleFen: fc.bigInt({ min: 0n, max: 200_000n }),
  })
  .map(
    ({ scope: [ownExpenseFen = 0n, overLimitFen = 0n, firstPayFen = 0n, inScopeFen = 0n], shares, deductibleFen }) => {
      const totalFen = ownExpenseFen + overLimitFen + firstPayFen + inScopeFen;
      const [first, second, account, hospital] = shares.map((share) => (inScopeFen * BigInt(share)) / 400n);
      const amounts = [first ?? 0n, second ?? 0n, account ?? 0n, hospital ?? 0n] as const;
      return {
        ...base,
        ...{ totalFen, ownExpenseFen, overLimitFen, firstPayFen, inScopeFen, deductibleFen },
        funds: [
          { fundType: '310100', amountFen: amounts[0] },
          { fundType: '330100', amountFen: amounts[1] },
        ],
        personalAccountFen: amounts[2],
        hospitalFen: amounts[3],
        cashFen: totalFen - sum(amounts),
      };
    },
  );

const base: Settlement = {
  settlementId: 'S1',
  kind: 'charge',
  refundOf: null,
  visitId: 'V1',
  personNo: 'P1',
  scheme: '310',
  setting: 'inpatient',
  medType: '21',
  route: 'referral',
  homeArea: '430100',
  treatmentArea: '310000',
  institutionCode: 'H31000000301',
  admittedOn: '2026-03-01',
  settledOn: '2026-03-10',
  settledAt: new Date('2026-03-10T02:00:00Z'),
  totalFen: 0n,
  ownExpenseFen: 0n,
  overLimitFen: 0n,
  firstPayFen: 0n,
  inScopeFen: 0n,
  deductibleFen: 0n,
  ratio: '0.8',
  ratioFrom: '',
  funds: [],
  personalAccountFen: 0n,
  cashFen: 0n,
  hospitalFen: 0n,
  accountBalanceAfterFen: 0n,
  packId: 'HN-EMP-2023',
  explanation: [],
  msgid: 'm1',
  invoiceNo: null,
};
const refund = (of: Settlement): Settlement =>
  refundOf(of, {
    settlementId: 'S1R',
    settledOn: '2026-04-02',
    settledAt: new Date('2026-04-02T02:00:00Z'),
    accountBalanceAfterFen: 7n,
    msgid: 'm2',
  });

describe('a settlement and its refund', () => {
  it('[N42 N37] a refund is the exact negative, both identities hold for it, and with its charge everything is nothing', () => {
    fc.assert(
      fc.property(anySettlement, (charge) => {
        const back = refund(charge);
        expect([payersAddUp(charge), payersAddUp(back), scopeAddsUp(back)]).toEqual([true, true, true]);
        const keys = [
          ...(['totalFen', 'ownExpenseFen', 'overLimitFen', 'firstPayFen', 'inScopeFen'] as const),
          ...(['deductibleFen', 'personalAccountFen', 'cashFen', 'hospitalFen'] as const),
        ];
        for (const key of keys) expect(charge[key] + back[key]).toBe(0n);
        expect(fundTotal(charge) + fundTotal(back)).toBe(0n);
      }),
    );
  });

  it('[N42 H52] a refund has a day of its own, points to its charge and keeps ratio, route and pack', () => {
    expect(refund(base)).toMatchObject({
      kind: 'refund',
      refundOf: 'S1',
      settledOn: '2026-04-02',
      accountBalanceAfterFen: 7n,
      ratio: '0.8',
      route: 'referral',
      packId: 'HN-EMP-2023',
    });
  });

  it('[N37] payers that miss one fen do not add up', () => {
    expect(payersAddUp({ ...base, totalFen: 100n, cashFen: 99n })).toBe(false);
    expect(payersAddUp({ ...base, totalFen: 100n, cashFen: 60n, hospitalFen: 40n })).toBe(true);
  });

  it('[H81 N42] charge and refund keep their contract, with amounts as yuan', () => {
    const charge = { ...base, totalFen: 12_345n, inScopeFen: 12_345n, cashFen: 12_345n };
    expect(settlementCompleted.problems(completedPayload(charge))).toEqual([]);
    expect(completedPayload(refund(charge))).toMatchObject({
      kind: 'refund',
      refundOf: 'S1',
      total: '-123.45',
      cash: '-123.45',
    });
    expect(settlementCompleted.problems(completedPayload(refund(charge)))).toEqual([]);
  });
});
