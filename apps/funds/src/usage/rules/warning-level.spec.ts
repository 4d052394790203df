import { describe, expect, it } from '@jest/globals';
import { parseYuan } from '#shared/money';
import { DatedValues } from '#shared/rules';
import { nextEpisode, usageOf } from './warning-level.js';

const rules = DatedValues.load('funds/prepayment.yaml');
const on = '2026-04-30';
const usage = (cleared: string, prepayment: string) => usageOf(parseYuan(cleared), parseYuan(prepayment), rules, on);

describe('usage of the prepayment', () => {
  it.each([
    ['69.99', 'green'],
    ['70.00', 'yellow'],
    ['89.99', 'yellow'],
    ['90.00', 'red'],
  ])('[N23] %s % of the prepayment is %s', (cleared, level) => {
    expect(usage(cleared, '100.00')).toMatchObject({ percent: cleared, level });
  });

  it('[N23] the level is decided before rounding: 89.999 % is shown as 90.00 and stays yellow', () => {
    expect(usage('899990.00', '1000000.00')).toMatchObject({ percent: '90.00', level: 'yellow' });
  });

  it('[N23] without any prepayment something cleared is red, nothing cleared is green', () => {
    expect(usage('0.01', '0.00')).toMatchObject({ percent: undefined, level: 'red' });
    expect(usage('0.00', '0.00')).toMatchObject({ percent: undefined, level: 'green' });
  });

  it.each([
    ['150.00', '10000.00', '1.50', 'green'],
    ['12044.25', '13000.00', '92.65', 'red'],
    ['2642.71', '4000.00', '66.07', 'green'],
    ['2697.30', '3800.00', '70.98', 'yellow'],
    ['17982.55', '24000.00', '74.93', 'yellow'],
  ])('[N23] the month: %s of %s is %s %%, %s', (cleared, prepayment, percent, level) => {
    expect(usage(cleared, prepayment)).toMatchObject({ percent, level });
  });

  const step = (level: 'green' | 'yellow' | 'red', cleared: string) =>
    nextEpisode({ level }, parseYuan(cleared), parseYuan('100.00'), rules, on);

  it('[N23] a level is raised once per episode', () => {
    expect(step('green', '75.00')).toEqual({ level: 'yellow', raise: 'yellow' });
    expect(step('yellow', '80.00')).toEqual({ level: 'yellow', raise: undefined });
    expect(step('yellow', '95.00')).toEqual({ level: 'red', raise: 'red' });
    expect(step('red', '99.00')).toEqual({ level: 'red', raise: undefined });
  });

  it('[N23] a level ends five points below its threshold, not at it', () => {
    expect(step('red', '85.00').level).toBe('red');
    expect(step('red', '84.99').level).toBe('yellow');
    expect(step('yellow', '65.00').level).toBe('yellow');
    expect(step('yellow', '64.99')).toEqual({ level: 'green', raise: undefined });
  });
});
