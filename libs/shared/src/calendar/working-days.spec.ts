import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, isProvisional, isWorkingDay, nthWorkingDay } from './index.js';

describe('working days', () => {
  it.each([
    ['2023-09-28', '2023-10-09', '2023-10-11', '2023-10-25'],
    ['2024-01-31', '2024-02-04', '2024-02-06', '2024-02-26'],
    ['2024-04-30', '2024-05-08', '2024-05-10', '2024-05-23'],
    ['2024-09-30', '2024-10-10', '2024-10-12', '2024-10-25'],
    ['2025-01-27', '2025-02-07', '2025-02-10', '2025-02-24'],
    ['2025-09-30', '2025-10-11', '2025-10-14', '2025-10-28'],
    ['2026-02-13', '2026-02-25', '2026-02-27', '2026-03-12'],
  ])('[N21] from %s (not counted) 3, 5 and 15 working days end on %s, %s and %s', (from, three, five, fifteen) => {
    expect([3, 5, 15].map((count) => addWorkingDays(from, count))).toEqual([three, five, fifteen]);
  });

  it.each([
    ['2022-10', 12, 19, 26],
    ['2023-01', 9, 16, 28],
    ['2024-02', 6, 19, 26],
    ['2024-10', 12, 18, 25],
    ['2025-10', 14, 21, 28],
    ['2026-02', 6, 13, 27],
  ])('[H48] the 5th, 10th and 15th working days of %s are the %i, %i and %i', (month, fifth, tenth, fifteenth) => {
    expect([5, 10, 15].map((count) => Number(nthWorkingDay(month, count).slice(8)))).toEqual([fifth, tenth, fifteenth]);
  });

  it('[N48] the chain after the notices of 30 April 2026 runs over Labour Day and the worked Saturday', () => {
    expect(isWorkingDay('2026-05-09')).toBe(true);
    expect(isWorkingDay('2026-05-05')).toBe(false);
    const toFinance = addWorkingDays('2026-04-30', 5);
    const transfer = addWorkingDays(toFinance, 10);
    expect([toFinance, transfer, addWorkingDays(transfer, 5)]).toEqual(['2026-05-11', '2026-05-25', '2026-06-01']);
  });

  it('[N38] a year without an official notice is provisional', () => {
    expect([isProvisional('2026-12-31'), isProvisional('2027-01-01')]).toEqual([false, true]);
  });
});
