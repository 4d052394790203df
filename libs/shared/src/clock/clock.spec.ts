import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  addMonths,
  atShanghai,
  dayOf,
  daysBetween,
  isDay,
  lastDay,
  nextMonth,
  OperatorClock,
} from './index.js';

describe('days in Asia/Shanghai', () => {
  it('[N38] 23:59:59 in Shanghai is still the day, midnight is the next one', () => {
    expect(dayOf(new Date('2026-03-16T15:59:59Z'))).toBe('2026-03-16');
    expect(dayOf(new Date('2026-03-16T16:00:00Z'))).toBe('2026-03-17');
  });

  it.each([
    ['2025-08-31', 6, '2026-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-03-12', 6, '2026-09-12'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('[N10] %s + %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('[N10] a day that does not exist is no day', () => {
    expect([isDay('2026-02-29'), isDay('2028-02-29'), isDay('2026-13-01'), isDay('26-01-01')]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('[N41] days between and months round the turn of the year', () => {
    expect(daysBetween('2025-12-30', '2026-01-02')).toBe(3);
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect([nextMonth('2025-12'), lastDay('2026-02')]).toEqual(['2026-01', '2026-02-28']);
  });

  it('[N38] the operator clock starts where it is set and ticks on', () => {
    const clock = new OperatorClock();
    clock.set(atShanghai('2026-03-05', '10:00'));
    expect(clock.today()).toBe('2026-03-05');
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(atShanghai('2026-03-05', '10:00').getTime());
  });
});
