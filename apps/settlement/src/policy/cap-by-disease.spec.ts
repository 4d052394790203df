import { describe, expect, it } from '@jest/globals';
import { nationalCeilings } from './pack-ceilings.js';
import { Place } from './pack-text.js';
import { readPack } from './read-pack.js';

const pack = (ratio: string, cap: string): string => `
pack: T
name: test
status: draft
area: '000000'
schemes: [310]
fundType: 310100
from: 2020-01-01
domains: { levels: [L3], categories: [working], diseases: [高血压, 糖尿病] }
sources: { s: { trust: C, text: invented } }
chronic:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: ${ratio} }
    caps: [{ name: c, clause: c, source: s, kind: cost, per: month, ${cap} }]
crossRegion: { clause: x, source: s, rule: keep }
`;
const read = (ratio: string, cap: string) => () => readPack(Place.of('T.yaml', pack(ratio, cap)), nationalCeilings());
const byDisease = '{ by: disease, 高血压: 200, 糖尿病: 300 }';

describe('ceilings by disease', () => {
  it('[N31] a ceiling by disease says what a bill of several diseases may use', () => {
    expect(read('0.8', `several: sum, amount: ${byDisease}`)).not.toThrow();
  });

  it.each([
    [
      'an amount by disease without "several"',
      '0.8',
      `amount: ${byDisease}`,
      '"several" and an amount by disease go together',
    ],
    [
      '"several" without an amount by disease',
      '0.8',
      'several: sum, amount: 200',
      '"several" and an amount by disease go together',
    ],
    [
      'a ratio by disease',
      '{ by: disease, 高血压: 0.8, 糖尿病: 0.7 }',
      'amount: 200',
      'only the amount of a cap can go by disease',
    ],
  ])('[N31] %s is refused on loading, not at every bill', (_, ratio, cap, problem) => {
    expect(read(ratio, cap)).toThrow(problem);
  });

  it('[N64] each problem is told once', () => {
    const twice = pack('0.8', 'amount: 200').replace('text: invented', 'text: invented, undated');
    try {
      readPack(Place.of('T.yaml', twice), nationalCeilings());
      throw new Error('was read');
    } catch (error) {
      expect(String(error).match(/unknown key/g)).toHaveLength(1);
    }
  });
});
