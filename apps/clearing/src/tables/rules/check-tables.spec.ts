import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyItems } from '../../testing/any-items.js';
import { itemOf } from '../../testing/clearing-facts.js';
import { holds } from '../tables.js';
import type { Netting, Pair } from '../tables.js';
import { checkNetting, checkTables } from './check-tables.js';
import { netAreas } from './net-areas.js';
import { pairProvinces } from './pair-provinces.js';

const items = [
  itemOf({ settlementId: 'S1', deductedFen: 500n }),
  itemOf({ settlementId: 'S2', scheme: '390', fundFen: 7_000n }),
  itemOf({ settlementId: 'S3', homeArea: '440300', fundFen: 9_000n }),
  itemOf({ settlementId: 'S4', homeArea: '110000', treatmentArea: '430100', fundFen: -300n }),
];
const broken = (pairs: readonly Pair[]): string[] =>
  checkTables(pairs, items)
    .filter((check) => !holds(check))
    .map(({ id }) => id);
const pairs = pairProvinces(items);
const tampered = (at: number, change: (pair: Pair) => Partial<Pair>): Pair[] =>
  pairs.map((pair, index) => (index === at ? { ...pair, ...change(pair) } : pair));

describe('the identities of the tables', () => {
  it('[N46] tables made from their items fulfil every identity, whatever the items are', () => {
    fc.assert(
      fc.property(anyItems, (any) => {
        expect(checkTables(pairProvinces(any), any).filter((check) => !holds(check))).toEqual([]);
      }),
    );
  });

  it('[N46] one fen more in the matrix than in the items is found, in the total, the row and the column', () => {
    expect(broken(tampered(1, ({ payableFen }) => ({ payableFen: payableFen + 1n })))).toEqual([
      'items',
      'schemes',
      'payable-430000',
      'receivable-110000',
    ]);
  });

  it('[N46] one fen less returned than the items say is found', () => {
    expect(broken(tampered(0, ({ returnedFen }) => ({ returnedFen: returnedFen - 1n })))).toEqual([
      'items',
      'payable-110000',
      'receivable-430000',
    ]);
  });

  it('[N46] a fen moved from one scheme to the other is found', () => {
    const moved = tampered(1, ({ employeesFen, residentsFen }) => ({
      employeesFen: employeesFen + 1n,
      residentsFen: residentsFen - 1n,
    }));
    expect(broken(moved)).toEqual(['employees', 'residents']);
  });

  it('[N46] a deduction that the items do not have is found', () => {
    expect(broken(tampered(2, () => ({ residentsDeductedFen: 1n })))).toContain('deductions');
  });

  it('[N46] a fen moved from one payer to another of the same receiver is found on the payers’ side', () => {
    const [, fromHunan, fromGuangdong] = pairs;
    expect([fromHunan?.payee, fromGuangdong?.payee]).toEqual(['110000', '110000']);
    const shifted = tampered(1, ({ payableFen }) => ({ payableFen: payableFen + 1n })).map((pair, index) =>
      index === 2 ? { ...pair, payableFen: pair.payableFen - 1n } : pair,
    );
    expect(broken(shifted)).toEqual(['payable-430000', 'payable-440000']);
  });

  it('[N46] gross amounts are held against fund and account before deductions', () => {
    const more = tampered(1, (pair) => ({
      employeesFen: pair.employeesFen + 1n,
      employeesDeductedFen: pair.employeesDeductedFen + 1n,
    }));
    expect(broken(more)).toEqual(['gross', 'deductions']);
  });

  it('[H67 H68] a netting whose sides do not meet is found, for employees and for residents', () => {
    const inside = [itemOf({ homeArea: '430100', treatmentArea: '430200' })];
    const good = netAreas(inside, '430000');
    expect(checkNetting('430000', good).every(holds)).toBe(true);
    const wrong = (key: keyof Netting): string[] =>
      checkNetting('430000', { ...good, [key]: [{ area: '430100', homeFen: 1n, treatmentFen: 0n, netFen: -1n }] })
        .filter((check) => !holds(check))
        .map(({ id }) => id);
    expect(wrong('intraProvinceEmployees')).toEqual(['netting-employees-430000']);
    expect(wrong('intraProvinceResidents')).toEqual(['netting-residents-430000']);
  });
});
