import { describe, expect, it } from '@jest/globals';
import { formatYuan, parseYuan } from '#shared/money';
import { DatedValues } from '#shared/rules';
import { initialQuota } from './initial-quota.js';

const rules = DatedValues.load('funds/prepayment.yaml');
const quota = (...months: string[]): string[] => {
  const { exactFen, quotaFen } = initialQuota(months.map(parseYuan), rules, '2026-01-29');
  return [formatYuan(exactFen), formatYuan(quotaFen)];
};

describe('initial quota', () => {
  it.each([
    [
      ['6000.00', '6500.00', '7000.00'],
      ['13000.00', '13000.00'],
    ],
    [
      ['1801.00', '2000.50', '2222.20'],
      ['4015.80', '4000.00'],
    ],
    [
      ['900000.00', '1000000.00', '1100000.00'],
      ['2000000.00', '2000000.00'],
    ],
    [
      ['0.00', '0.00', '0.00'],
      ['0.00', '0.00'],
    ],
  ])('[N18] the last quarter %j gives %j: exact, and fixed to 0.01 万元', (months, expected) => {
    expect(quota(...months)).toEqual(expected);
  });

  it('[N18] 49.99 yuan over a unit falls to it, 50.00 goes up', () => {
    expect(quota('6074.99', '6075.00', '6074.99')[1]).toBe('12100.00');
    expect(quota('6074.97', '6074.97', '6074.97')[1]).toBe('12100.00');
    expect(quota('6025.00', '6025.00', '6025.00')[1]).toBe('12100.00');
    expect(quota('6024.99', '6024.99', '6024.99')[1]).toBe('12000.00');
  });

  it('[N18] another number of months than three is refused', () => {
    expect(() => quota('1.00', '2.00')).toThrow('3 months');
  });
});
