import { describe, expect, it } from '@jest/globals';
import { isRefused } from '../benefit/benefit.js';
import type { BenefitFacts, BenefitSplit } from '../benefit/benefit.js';
import { computeBenefit } from '../benefit/compute-benefit.js';
import { AcceptedClauses } from './accepted-clauses.js';
import { nationalCeilings } from './pack-ceilings.js';
import { Place } from './pack-text.js';
import { readPack } from './read-pack.js';
import { unconfirmedIn } from './unconfirmed.js';

/** Invented: minors and the old get more, a layer is for children only, and the whole page has no date. */
const text = `
pack: T
name: test
status: draft
unconfirmed: the page has no date
area: '000000'
schemes: [310]
fundType: 310100
from: 2020-01-01
domains: { levels: [L3], categories: [working] }
sources: { s: { trust: C, text: invented } }
inpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, unconfirmed: two pages differ, value: 0.5, adjust: [{ when: { age: [0-17, 60+] }, points: 5 }] }
outpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: o, source: s, value: 0.5 }
crossRegion: { clause: x, source: s, rule: keep }
layers:
  - { layer: child, kind: aid, fundType: 610100, clause: c, source: s, settings: [inpatient], when: { age: [0-17] }, base: [co-pay], over: bill, ratio: 1 }
`;
const read = (pack: string) => readPack(Place.of('T.yaml', pack), nationalCeilings());
const basic = read(text);
const scope = { totalFen: 10_000n, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 10_000n };
const compute = (given: Partial<BenefitFacts>, pack = basic) =>
  computeBenefit(
    { basic: pack, supplements: [] },
    {
      ...{ setting: 'inpatient', level: 'L3', route: 'none', where: 'home', designated: true, area: '000000' },
      ...{ category: 'working', tier: null, identities: [], age: 40, diseases: [] },
      ...{ admittedOn: '2026-01-05', dischargedOn: '2026-01-05', settledOn: '2026-01-05' },
      ...{ scope, parts: [scope], useAccount: false, accountBalanceFen: 0n },
      ...given,
    },
    {},
  );
function settled(given: Partial<BenefitFacts>): BenefitSplit {
  const split = compute(given);
  if (isRefused(split)) throw new Error(split.clause);
  return split;
}
const paid = (age: number, layer: string): bigint =>
  settled({ age }).funds.find((one) => one.layer === layer)?.amountFen ?? 0n;

describe('conditions by age', () => {
  it.each([
    [0, 5_500n, 4_500n],
    [17, 5_500n, 4_500n],
    [18, 5_000n, 0n],
    [59, 5_000n, 0n],
    [60, 5_500n, 0n],
  ])('[N31 H18] at %d years the fund pays %d fen and the layer for children %d', (age, fund, layer) => {
    expect([paid(age, 'basic'), paid(age, 'child')]).toEqual([fund, layer]);
  });

  it('[N31 H18] an age that nobody knows is refused where a ratio or a layer asks for it, and nowhere else', () => {
    expect(compute({ age: null })).toMatchObject({ refused: 'POLICY_MISSING', clause: 'T r（年龄不明）' });
    const layerOnly = read(text.replace(', adjust: [{ when: { age: [0-17, 60+] }, points: 5 }]', ''));
    expect(compute({ age: null }, layerOnly)).toMatchObject({ refused: 'POLICY_MISSING', clause: 'T c（年龄不明）' });
    expect(isRefused(compute({ age: null, setting: 'outpatient' }))).toBe(false);
  });

  it.each([
    ['[0-17, 60+]', '[old]', '"old" is no age; write 0-17, 60+ or 65'],
    ['{ age: [0-17] }', '{ disease: [x] }', 'unknown dimension for "when"; known are level, category'],
  ])('[N64] %s as %s is told', (from, to, says) => {
    expect(() => read(text.replace(from, to))).toThrow(says);
  });
});

describe('a pack that is unconfirmed as a whole', () => {
  it('[N64] a bill rests on the clauses that it uses, and on no other', () => {
    expect(settled({ setting: 'outpatient' }).unconfirmed).toEqual(['T o']);
    expect(settled({ age: 5 }).unconfirmed).toEqual(['T r', 'T c']);
  });

  it('[N64] every clause is listed with the reason of the pack, or with its own', () => {
    expect(
      unconfirmedIn(basic)
        .map(({ where, why }) => `${where}: ${why}`)
        .sort(),
    ).toEqual([
      'c: the page has no date',
      'd: the page has no date',
      'o: the page has no date',
      'r: two pages differ',
      'x: the page has no date',
    ]);
  });

  it('[N64] in production it settles nothing until it is accepted by name', () => {
    const { unconfirmed } = settled({ setting: 'outpatient' });
    expect(new AcceptedClauses(true, '').firstNotAccepted(unconfirmed)).toBe('T o');
    expect(new AcceptedClauses(true, 'T').firstNotAccepted(unconfirmed)).toBeUndefined();
  });
});
