import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { isCrossProvince, netFen } from '../../item/clearing-item.js';
import { anyItems } from '../../testing/any-items.js';
import { itemOf } from '../../testing/clearing-facts.js';
import { employeesPayableFen, residentsPayableFen } from '../tables.js';
import { pairProvinces } from './pair-provinces.js';

describe('pairs of provinces', () => {
  it('[N46] items between the same two provinces become one pair, schemes apart, account counted as a fund', () => {
    const items = [
      itemOf({ settlementId: 'S1', homeArea: '430100', fundFen: 18_067n, accountFen: 24_362n }),
      itemOf({ settlementId: 'S2', homeArea: '430300', fundFen: 10_000n }),
      itemOf({ settlementId: 'S3', scheme: '390', fundFen: 5_000n, deductedFen: 400n }),
      itemOf({ settlementId: 'S4', homeArea: '110000', treatmentArea: '430100', fundFen: 7n }),
    ];
    expect(pairProvinces(items)).toEqual([
      {
        payer: '110000',
        payee: '430000',
        employeesFen: 7n,
        residentsFen: 0n,
        employeesDeductedFen: 0n,
        residentsDeductedFen: 0n,
        payableFen: 7n,
        returnedFen: 0n,
      },
      {
        payer: '430000',
        payee: '110000',
        employeesFen: 52_429n,
        residentsFen: 5_000n,
        employeesDeductedFen: 0n,
        residentsDeductedFen: 400n,
        payableFen: 57_029n,
        returnedFen: 0n,
      },
    ]);
  });

  it('[N45] what stays inside a province is no pair', () => {
    expect(pairProvinces([itemOf({ homeArea: '430100', treatmentArea: '430200' })])).toEqual([]);
  });

  it('[N42] a refund lessens its pair as a negative item', () => {
    const [pair] = pairProvinces([itemOf(), itemOf({ settlementId: 'S1R', fundFen: -4_000n })]);
    expect([pair?.payableFen, pair?.returnedFen]).toEqual([6_000n, 0n]);
  });

  it.each([
    [10_000n, -9_999n, 1n, 0n],
    [10_000n, -10_000n, 0n, 0n],
    [10_000n, -10_001n, 0n, 1n],
  ])('[N51] charges of %s with refunds of %s: %s payable, %s to be returned', (fundFen, refund, payable, returned) => {
    const [pair] = pairProvinces([itemOf({ fundFen }), itemOf({ settlementId: 'S1R', fundFen: refund })]);
    expect([pair?.payableFen, pair?.returnedFen]).toEqual([payable, returned]);
  });

  it('[N51] what the residents’ fund gets back does not lessen what the employees’ fund owes', () => {
    const [pair] = pairProvinces([itemOf(), itemOf({ settlementId: 'S2', scheme: '390', fundFen: -3_000n })]);
    expect([pair?.payableFen, pair?.returnedFen]).toEqual([10_000n, 3_000n]);
  });

  it('[N45] the pairs hold exactly what the items between provinces hold, and no side is negative', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const pairs = pairProvinces(items);
        const net = sum(pairs.map(({ payableFen, returnedFen }) => payableFen - returnedFen));
        expect(net).toBe(sum(items.filter(isCrossProvince).map(netFen)));
        for (const pair of pairs) {
          expect(pair.payableFen >= 0n && pair.returnedFen >= 0n).toBe(true);
          expect(pair.payableFen).toBe(employeesPayableFen(pair) + residentsPayableFen(pair));
        }
      }),
    );
  });
});
