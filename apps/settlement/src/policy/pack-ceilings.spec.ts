import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ratio, sum } from '#shared/money';
import { computeBenefit } from '../benefit/compute-benefit.js';
import { checkCeilings, nationalCeilings } from './pack-ceilings.js';
import { Place } from './pack-text.js';
import type { CrossRule, PolicyPack, Route, Where } from './policy-pack.js';
import { readPack } from './read-pack.js';
import { leaf } from './tree.js';

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

  it.each([
    ['nothing where 10 % are paid at home', 'value: 0.10', 'nothing', '{ by: route, other: keep, else: keep }'],
    [
      'nothing for others where 20 % are paid at home',
      'value: 0.20',
      '{ by: route, other: nothing, else: keep }',
      'keep',
    ],
    ['an age that a condition names', 'value: 0.80', '{ by: age, 0-17: { minusPoints: 10 }, 18+: keep }', 'keep'],
  ])('[P2.6 H20] %s is within the ceiling', (_, ratio, one, other) => {
    expect(read(ratio, one)).not.toThrow();
    expect(read(ratio, other)).not.toThrow();
  });

  it('[P2.6 H20] nothing is a cut of the whole ratio, on each route that the ceilings bind; the unfiled are outside', () => {
    expect(read('value: 0.11', '{ by: route, referral: nothing, else: keep }')).toThrow(
      'route referral, level L3: cut by 11 points, the national ceiling is 10',
    );
    expect(read('value: 0.11', '{ by: route, long-term: nothing, else: keep }')).toThrow('route long-term');
    expect(read('value: 0.21', '{ by: route, other: nothing, else: keep }')).toThrow('the national ceiling is 20');
    expect(read('value: 0.90', '{ by: route, unfiled: nothing, else: keep }')).not.toThrow();
    expect(read('value: open', 'nothing')).not.toThrow();
  });

  it('[P2.6 H20] minors who are paid more at home are looked at too', () => {
    const adjust = 'adjust: [{ when: { age: [0-17], where: [home] }, points: 5 }]';
    expect(read(`value: 0.80, ${adjust}`, '{ minusPoints: 5 }')).not.toThrow();
    expect(read(`value: 0.80, ${adjust}`, '{ minusPoints: 5.01 }')).toThrow('cut by 10.01 points');
  });

  it('[P2.6 H20] no pack can exceed the ceilings: what is taken loses at most 10 or 20 points of every bill', () => {
    const pack = read('value: 0.80', 'keep')();
    const clause = pack.crossRegion?.clause;
    const [terms] = pack.terms.inpatient ?? [];
    if (clause === undefined || terms === undefined) throw new Error('the pack has no terms');
    const ceilings = nationalCeilings();
    const hundredths = fc.integer({ min: 0, max: 100 }).map((value) => ratio((value / 100).toFixed(2)));
    const few = fc.integer({ min: 0, max: 30 }).map((value) => ratio((value / 100).toFixed(2)));
    const rule: fc.Arbitrary<CrossRule> = fc.oneof(
      { weight: 1, arbitrary: fc.constant({ paysNothing: true }) },
      {
        weight: 9,
        arbitrary: fc
          .record(
            { points: few, factor: few.map((less) => ratio('1').minus(less)), firstPay: few },
            { requiredKeys: [] },
          )
          .map((given) => ({ paysNothing: false, ...given })),
      },
    );
    fc.assert(
      fc.property(
        hundredths,
        rule,
        fc.constantFrom('long-term', 'referral', 'emergency', 'other' as const),
        (table, cross, route) => {
          const steps = [{ toFen: null, ratio: leaf(table) }];
          const drawn: PolicyPack = {
            ...pack,
            terms: { inpatient: [{ ...terms, ratio: { ...terms.ratio, steps } }] },
            crossRegion: {
              clause,
              rule: {
                by: 'route',
                cases: new Map([[route, leaf(cross)]]),
                ages: [],
                otherwise: leaf({ paysNothing: false }),
              },
            },
          };
          const place = Place.of('T.yaml', 'pack: T');
          checkCeilings(drawn, ceilings, place);
          const taken = place.problems.length === 0;
          const most = (route === 'other' ? ceilings.other : ceilings.referral).times(1_000_000);
          const lost = paid(drawn, 'none', 'home') - paid(drawn, route, 'outside');
          expect(lost > BigInt(most.toFixed())).toBe(!taken);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

/** What the fund pays of 10 000 yuan in scope. */
function paid(basic: PolicyPack, route: Route, where: Where): bigint {
  const scope = { totalFen: 1_000_000n, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 1_000_000n };
  const split = computeBenefit(
    { basic, supplements: [] },
    {
      ...{ setting: 'inpatient', level: 'L3', route, where, designated: true, area: '990000' },
      ...{ category: 'working', tier: null, identities: [], age: 40, diseases: [] },
      ...{ admittedOn: '2026-01-05', dischargedOn: '2026-01-05', settledOn: '2026-01-05' },
      ...{ scope, parts: [scope], useAccount: false, accountBalanceFen: 0n },
    },
    {},
    false,
  );
  if ('refused' in split) throw new Error(split.clause);
  return sum(split.funds.map(({ amountFen }) => amountFen));
}
