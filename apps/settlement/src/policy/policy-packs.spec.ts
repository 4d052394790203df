import { describe, expect, it } from '@jest/globals';
import { AcceptedClauses } from './accepted-clauses.js';
import { PolicyPacks } from './policy-packs.js';
import { RecognisedPairs } from './recognised-pairs.js';

const packs = PolicyPacks.load();
const on = (homeArea: string, day: string, scheme = '310') =>
  packs.find({ homeArea, scheme, supplements: [], admittedOn: day, settledOn: day })?.basic.id;

describe('PolicyPacks', () => {
  it('[N64 H86] a pool is served by its own pack, else by its province', () => {
    expect(on('440300', '2026-03-01')).toBe('SZ-EMP-2023-10');
    expect(on('430600', '2026-03-01')).toBe('HN-EMP-2023');
    expect(on('430600', '2026-03-01', '390')).toBe('HN-RES-2023');
    expect(on('540100', '2026-03-01')).toBeUndefined();
  });

  it('[N64] the day decides: 2023-10-01 is covered, the day before is not by the same pack', () => {
    expect(on('440300', '2023-10-01')).toBe('SZ-EMP-2023-10');
    expect(on('440300', '2023-09-30')).not.toBe('SZ-EMP-2023-10');
  });
});

describe('RecognisedPairs', () => {
  const pairs = RecognisedPairs.load();

  it('[N14] 京津冀 recognise each other from 2023-04-01 on, not the day before, and nobody else', () => {
    expect(pairs.between('110000', '130100', '2023-04-01')).toMatchObject({ noFiling: true, noCut: true });
    expect(pairs.between('110000', '130100', '2023-03-31')).toMatchObject({ noFiling: false, noCut: false });
    expect(pairs.between('110000', '310000', '2026-01-01').noCut).toBe(false);
    expect(pairs.between('310000', '130100', '2026-01-01').noCut).toBe(false);
  });
});

describe('AcceptedClauses', () => {
  const doubtful = ['HN-EMP-2023 职工大病'];

  it('[N64] in production an unconfirmed clause is refused until its pack is accepted by name', () => {
    expect(new AcceptedClauses(true, '').firstNotAccepted(doubtful)).toBe('HN-EMP-2023 职工大病');
    expect(new AcceptedClauses(true, 'SZ-EMP-2023-10, HN-EMP-2023').firstNotAccepted(doubtful)).toBeUndefined();
    expect(new AcceptedClauses(true, 'HN-EMP').firstNotAccepted(doubtful)).toBe('HN-EMP-2023 职工大病');
  });

  it('[N64] outside of production, and without doubt, nothing is refused', () => {
    expect(new AcceptedClauses(false, '').firstNotAccepted(doubtful)).toBeUndefined();
    expect(new AcceptedClauses(true, '').firstNotAccepted([])).toBeUndefined();
  });
});
