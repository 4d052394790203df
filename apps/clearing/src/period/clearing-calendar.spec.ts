import { describe, expect, it } from '@jest/globals';
import { DatedValues } from '#shared/rules';
import { NettingProvinces } from '../tables/netting-provinces.js';
import { ClearingCalendar } from './clearing-calendar.js';

const calendar = new ClearingCalendar(DatedValues.load('clearing/calendar.yaml'));

describe('the clearing calendar', () => {
  it.each([
    ['2026-03', ['2026-04-20', '2026-04-21', '2026-04-25', '2026-04-30']],
    ['2026-01', ['2026-02-20', '2026-02-21', '2026-02-25', '2026-02-28']],
    ['2027-12', ['2028-01-20', '2028-01-21', '2028-01-25', '2028-01-31']],
    ['2028-01', ['2028-02-20', '2028-02-21', '2028-02-25', '2028-02-29']],
  ])('[H62 N46 N47] costs of %s: upload, tables, confirmation and notices by %j', (period, days) => {
    expect(Object.values(calendar.daysOf(period))).toEqual(days);
  });

  it('[N46] the 21st is the day of the tables, the 20th and the 22nd are not', () => {
    expect(['2026-04-20', '2026-04-21', '2026-04-22'].map((day) => calendar.isTablesDay(day))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each([
    ['2026-05', '2026-03-01', 'costs of March are cleared in April, May and at the last in June'],
    ['2026-06', '2026-04-01', 'in July costs of March are too late'],
    ['2025-12', '2025-10-01', 'in January the last quarter of the old year is still taken'],
    ['2026-02', '2025-12-01', 'in March costs of December are taken for the last time'],
    ['2026-03', '2026-01-01', 'in April nothing of the old year is taken'],
  ])('[N50 H64] period %s takes costs from %s on: %s', (period, earliest) => {
    expect(calendar.earliestCosts(period)).toBe(earliest);
  });

  it('[N50] a longer grace would still end with the first quarter: 31 March is the last day for the old year', () => {
    const value = (number: number) => ({ value: number, from: '2022-10-01', article: 'N50' });
    const generous = new ClearingCalendar(
      DatedValues.of('test.yaml', { lateMonths: value(6), yearEndMonth: value(3), tablesDay: value(21) }),
    );
    expect([generous.earliestCosts('2026-02'), generous.earliestCosts('2026-03')]).toEqual([
      '2025-08-01',
      '2026-01-01',
    ]);
  });

  it('[H65] Hunan nets between its areas from its first day on, the day before it does not', () => {
    const netting = NettingProvinces.load();
    expect([netting.on('2022-09-30'), netting.on('2022-10-01')]).toEqual([[], ['430000']]);
  });
});
