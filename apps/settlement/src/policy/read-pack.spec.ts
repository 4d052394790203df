import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ratio } from '#shared/money';
import type { NationalCeilings } from './pack-ceilings.js';
import { PackFileError, Place } from './pack-text.js';
import { packTexts, packDirectory, PolicyPacks } from './policy-packs.js';
import { readPack } from './read-pack.js';
import { unconfirmedIn } from './unconfirmed.js';

const ceilings: NationalCeilings = { from: '2023-01-01', referral: ratio('0.10'), other: ratio('0.20') };

const good = `pack: EX-EMP-2024
name: 示例市职工医保
status: draft
area: 430100
schemes: [310]
fundType: 310100
from: 2024-01-01
domains: { levels: [L1, L2, L3], categories: [working, retired] }
sources: { notice: { trust: A, text: 市政府公报 } }
inpatient:
  - from: 2024-01-01
    deductible: { clause: 起付, source: notice, per: admission, amount: { by: level, L1: 300, L2: 600, L3: 900 } }
    ratio: { clause: 比例, source: notice, value: { by: level, L1: 0.92, L2: 0.90, L3: 0.85 } }
    caps: [{ name: pool, clause: 限额, source: notice, kind: fund, per: year, amount: 200000 }]
crossRegion: { clause: 异地, source: notice, rule: { by: where, home/province: keep, outside: { by: route, none/long-term: keep, referral/emergency: { minusPoints: 5 }, other/unfiled: { minusPoints: 10 } } } }
`;

const read = (text: string) => readPack(Place.of('EX-EMP-2024.yaml', text), ceilings);

function problemsOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof PackFileError) return error.message;
    throw error;
  }
  return '';
}

/** Each row: what is written wrongly, in place of what, and what the refusal says. */
const mistakes: readonly (readonly [string, string, string, string])[] = [
  [
    'a ratio above 1',
    'L3: 0.85 } }\n    caps',
    'L3: 1.85 } }\n    caps',
    'EX-EMP-2024.yaml:13: inpatient[0].ratio.value.L3: write a ratio between 0 and 1',
  ],
  [
    'an amount with three decimals',
    'L1: 300',
    'L1: 300.125',
    'EX-EMP-2024.yaml:12: inpatient[0].deductible.amount.L1: write an amount in yuan',
  ],
  ['a level without a value', 'L2: 600, L3: 900', 'L2: 600', 'no value for level L3; write one, or "open"'],
  ['a level named twice', 'L2: 600, L3: 900', 'L2: 600, L2/L3: 900', '"L2" stands here twice'],
  ['a level that the pack does not have', 'L3: 900', 'L3/L3P: 900', '"L3P" is no level here; known are L1, L2, L3'],
  [
    'a clause without a source',
    'clause: 限额, source: notice',
    'clause: 限额',
    'inpatient[0].caps[0]: "source" is missing',
  ],
  [
    'a source that is not listed',
    'clause: 限额, source: notice',
    'clause: 限额, source: elsewhere',
    '"elsewhere" is not among the sources',
  ],
  ['an unknown key', 'per: year, amount', 'per: year, currency: CNY, amount', 'caps[0].currency: unknown key'],
  ['an unknown fund type', 'fundType: 310100', 'fundType: 318888', 'fundType: write one of 310100'],
  [
    'a day that does not exist',
    'from: 2024-01-01\ndomains',
    'from: 2024-02-30\ndomains',
    'from: write a day as yyyy-mm-dd instead of "2024-02-30"',
  ],
  ['no cross-region rule', 'crossRegion:', 'notes:\n  - >-\n    ', '"crossRegion" is missing'],
  [
    'an end before the beginning',
    'from: 2024-01-01\ndomains',
    'from: 2024-01-01\nto: 2023-12-31\ndomains',
    'the pack ends before it begins',
  ],
  [
    'two caps of one name',
    'amount: 200000 }]',
    'amount: 200000 }, { name: pool, clause: 限额, source: notice, kind: cost, per: year, amount: 1 }]',
    'two caps are called "pool"',
  ],
  [
    'steps that do not rise',
    'value: { by: level, L1: 0.92, L2: 0.90, L3: 0.85 }',
    'bands: { axis: base, over: bill, steps: [{ to: 10, ratio: 0.8 }, { to: 10, ratio: 0.9 }, { ratio: 1 }] }',
    'the steps must rise; step 2 does not',
  ],
  [
    'a last step with an end',
    'value: { by: level, L1: 0.92, L2: 0.90, L3: 0.85 }',
    'bands: { axis: base, over: bill, steps: [{ to: 10, ratio: 0.8 }] }',
    'the last one has none',
  ],
  ['a gap between ages', 'amount: 200000', 'amount: { by: age, 0-17: 1, 19+: 2 }', 'no value for the ages 18 to 18'],
  [
    'an age named twice',
    'amount: 200000',
    'amount: { by: age, 0-18: 1, 18+: 2 }',
    'the ages from 18 on stand here twice',
  ],
  [
    'a choice by area without an else',
    'amount: 200000',
    'amount: { by: area, 430100: 1 }',
    'a choice by area needs an "else"',
  ],
];

describe('readPack', () => {
  it('[N64 H86] a good pack is read, whole and exactly', () => {
    const pack = read(good);
    expect(pack.terms.inpatient?.[0]?.ratio.steps).toHaveLength(1);
    expect(pack.terms.inpatient?.[0]?.deductible.counter).toBe('inpatient');
    expect(unconfirmedIn(pack)).toEqual([]);
  });

  it.each([...mistakes])('[N64] %s is refused with line and clause', (_, right, wrong, says) => {
    expect(good).toContain(right);
    expect(problemsOf(good.replace(right, wrong))).toContain(says);
  });

  it('[N64] all problems are told at once, not only the first', () => {
    const text = good.replace('L1: 300', 'L1: x').replace('amount: 200000', 'amount: y');
    expect(problemsOf(text).split('\n')).toHaveLength(2);
  });

  it('[N64] versions may not leave a gap nor overlap: the day after is the next one', () => {
    const second = (from: string): string =>
      good
        .replace('  - from: 2024-01-01\n', '  - from: 2024-01-01\n    to: 2024-06-30\n')
        .replace(
          'crossRegion:',
          `  - { from: ${from}, deductible: { clause: 起付, source: notice, per: none }, ratio: { clause: 比例, source: notice, value: 0.8 } }\ncrossRegion:`,
        );
    expect(problemsOf(second('2024-07-01'))).toBe('');
    expect(problemsOf(second('2024-07-02'))).toContain('must end on 2024-07-01');
    expect(problemsOf(second('2024-06-30'))).toContain('must end on 2024-06-29');
  });

  it('[H20 P2.6] no pack can cut deeper than the national ceilings: 10 points for referral, 20 for others', () => {
    const withCuts = (referral: string, other: string): string =>
      good.replace('minusPoints: 10', `minusPoints: ${other}`).replace('minusPoints: 5 ', `minusPoints: ${referral} `);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 4000 }), (referral, other) => {
        const text = (hundredths: number): string => (hundredths / 100).toFixed(2);
        const refused = problemsOf(withCuts(text(referral), text(other))).includes('national ceiling');
        expect(refused).toBe(referral > 1000 || other > 2000);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['10', '20', false],
    ['10.01', '20', true],
    ['10', '20.01', true],
  ])('[P2.6] cuts of %s and %s points: refused is %s', (referral, other, refused) => {
    const text = good
      .replace('minusPoints: 10', `minusPoints: ${other}`)
      .replace('minusPoints: 5 ', `minusPoints: ${referral} `);
    expect(problemsOf(text).includes('national ceiling')).toBe(refused);
  });

  it.each([
    ['a factor that costs more than 20 points', 'other/unfiled: { factor: 0.75 }', true],
    ['a factor that costs 18.4 points', 'other/unfiled: { factor: 0.80 }', false],
    ['first-pay of a quarter', 'other/unfiled: { firstPay: 0.25 }', true],
    ['first-pay of a fifth', 'other/unfiled: { firstPay: 0.20 }', false],
    ['half of it for the unfiled alone', 'other: keep, unfiled: { minusPoints: 50 }', false],
  ])('[P2.6] %s', (_, rule, refused) => {
    expect(problemsOf(good.replace('other/unfiled: { minusPoints: 10 }', rule)).includes('national ceiling')).toBe(
      refused,
    );
  });

  it('[P2.6] the ceilings bind from 2023 on, and not where the pack says why they do not', () => {
    const deep = good.replace('minusPoints: 10', 'minusPoints: 30');
    expect(problemsOf(deep)).toContain('cut by 30 points, the national ceiling is 20');
    expect(
      problemsOf(deep.replaceAll('2024-01-01', '2021-01-01').replace('domains:', 'to: 2022-12-31\ndomains:')),
    ).toBe('');
    expect(problemsOf(deep.replace('domains:', 'ceilings: { outside: pilot }\ndomains:'))).toBe('');
  });

  it('[N64] a pack that extends another one gives only what differs', () => {
    const child = `pack: EX-CHILD\nextends: EX-EMP-2024\narea: 430200\nfrom: 2025-01-01\n`;
    const pack = readPack(Place.of('EX-CHILD.yaml', child), ceilings, () => Place.of('EX-EMP-2024.yaml', good));
    expect([pack.id, pack.area, pack.from, pack.name]).toEqual(['EX-CHILD', '430200', '2025-01-01', '示例市职工医保']);
    expect(pack.terms.inpatient).toHaveLength(1);
  });

  it('[N64] every pack of the tree loads, and no two effective ones are in force for one place and scheme', () => {
    const { packs } = PolicyPacks.load();
    expect(packs.map(({ id }) => `${id}.yaml`).sort()).toEqual([...packTexts(packDirectory()).keys()].sort());
  });

  it('[N64] a source that a machine wrote cannot make a pack effective', () => {
    expect(problemsOf(good.replace('trust: A', 'trust: D').replace('status: draft', 'status: effective'))).toContain(
      'trust D',
    );
  });
});
