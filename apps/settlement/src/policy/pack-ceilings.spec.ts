import { describe, expect, it } from '@jest/globals';
import { nationalCeilings } from './pack-ceilings.js';
import { Place } from './pack-text.js';
import { readPack } from './read-pack.js';

/** Invented: one ratio, one way of going elsewhere. */
const read = (ratio: string, rule: string) => () =>
  readPack(
    Place.of(
      'T.yaml',
      `
pack: T
name: test
status: draft
area: 990000
schemes: [310]
fundType: 310100
from: 2023-01-01
domains: { levels: [L3], categories: [working] }
sources: { s: { trust: C, text: invented } }
inpatient:
  - from: 2023-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, ${ratio} }
crossRegion: { clause: x, source: s, rule: ${rule} }
`,
    ),
    nationalCeilings(),
  );

const bonus = 'value: 0.80, adjust: [{ fromAge: 50, everyYears: 10, points: 2, fullFromAge: 100 }]';

describe('national ceilings', () => {
  it.each([
    [
      'one pool of a province',
      'value: 0.80',
      '{ by: area, 990200: { minusPoints: 10 }, else: keep }',
      '{ by: area, 990200: { minusPoints: 10.01 }, else: keep }',
    ],
    [
      'one age',
      'value: 0.80',
      '{ by: age, 0-17: { minusPoints: 10 }, 18+: keep }',
      '{ by: age, 0-17: { minusPoints: 10.01 }, 18+: keep }',
    ],
    ['the oldest, whose full ratio a factor cuts deepest', bonus, '{ factor: 0.90 }', '{ factor: 0.899 }'],
  ])('[P2.6 H20] a cut of %s is held to the ceiling like any other', (_, ratio, within, beyond) => {
    expect(read(ratio, within)).not.toThrow();
    expect(read(ratio, beyond)).toThrow('the national ceiling is 10');
  });
});
