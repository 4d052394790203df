import { describe, expect, it } from '@jest/globals';
import { AreaValues } from '#shared/rules';
import { keepUntil } from './keep-until.js';

const value = (number: number): object => ({ value: number, from: '2022-10-01', article: 'N65' });
const rules = (home: number, treatment: number) =>
  AreaValues.of('test', {
    nation: {
      homeArchiveYears: value(home),
      treatmentArchiveYears: value(treatment),
      commitmentRetentionYears: value(2),
    },
  }).of('430100');

describe('archives', () => {
  const closed = { appliedOn: '2026-03-02', closedOn: '2026-03-10', materials: ['credential'] };
  it('[N65 H85] each side keeps its papers for its own term, counted from the closing; an open filing has no end', () => {
    expect(keepUntil(closed, 'home', rules(10, 5)).keepUntil).toBe('2036-03-10');
    expect(keepUntil(closed, 'treatment', rules(10, 5)).keepUntil).toBe('2031-03-10');
    expect(keepUntil({ ...closed, closedOn: null }, 'home', rules(10, 5)).keepUntil).toBeNull();
  });

  it('[A2 H22] a commitment is kept at least two years, even where papers are kept for one', () => {
    const committed = { ...closed, materials: ['commitment'] };
    expect(keepUntil(committed, 'home', rules(1, 1)).keepUntil).toBe('2028-03-02');
    expect(keepUntil(committed, 'home', rules(10, 1)).keepUntil).toBe('2036-03-10');
  });
});
