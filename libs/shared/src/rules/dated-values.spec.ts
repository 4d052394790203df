import { describe, expect, it } from '@jest/globals';
import { DatedValues, RuleFileError } from './index.js';

const load = (content: Record<string, unknown>): DatedValues => DatedValues.of('test.yaml', content);

describe('dated values', () => {
  it('[N64] a value is the one of the day; the day before its first day it is refused', () => {
    const values = load({
      yellow: [
        { value: '0.70', from: '2023-01-01', to: '2025-12-31', article: 'N23' },
        { value: '0.75', from: '2026-01-01', article: 'N23' },
      ],
    });
    expect([values.textOn('yellow', '2025-12-31'), values.textOn('yellow', '2026-01-01')]).toEqual(['0.70', '0.75']);
    expect(() => values.on('yellow', '2022-12-31')).toThrow(RuleFileError);
  });

  it('[N64] a value without an article or a first day is refused with its name', () => {
    expect(() => load({ yellow: { value: 1, from: '2023-01-01' } })).toThrow('yellow: a legal value needs its article');
    expect(() => load({ yellow: { value: 1, article: 'N23' } })).toThrow('yellow: say from which day');
  });

  it('[N64] versions that overlap by one day are refused, versions that meet are fine', () => {
    const versions = (to: string) => ({
      yellow: [
        { value: 1, from: '2023-01-01', to, article: 'N23' },
        { value: 2, from: '2024-01-01', article: 'N23' },
      ],
    });
    expect(() => load(versions('2024-01-01'))).toThrow('overlap');
    expect(load(versions('2023-12-31')).numberOn('yellow', '2024-01-01')).toBe(2);
  });
});
