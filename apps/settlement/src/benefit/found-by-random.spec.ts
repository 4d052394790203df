import { describe, expect, it } from '@jest/globals';
import { nationalCeilings } from '../policy/pack-ceilings.js';
import { Place } from '../policy/pack-text.js';
import { readPack } from '../policy/read-pack.js';
import { isRefused } from './benefit.js';
import type { BenefitFacts, BenefitRefusal, BenefitSplit, YearBook } from './benefit.js';
import { computeBenefit } from './compute-benefit.js';

/** Invented: one setting for each thing that a random comparison with the naive engine had found. */
const basic = readPack(
  Place.of(
    'test',
    `
pack: T-RANDOM
name: test
status: draft
area: '000000'
schemes: [310]
fundType: 310100
from: 2020-01-01
domains: { levels: [L2, L3], categories: [working], diseases: [高血压, 糖尿病, 透析] }
sources: { s: { trust: C, text: invented } }
inpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: admission, amount: { by: level, L2: 100, L3: open }, repeat: { counts: any-level, amount: 50 } }
    ratio: { clause: r, source: s, value: 1 }
outpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, bands: { axis: base, over: year, steps: [{ to: 100, ratio: 1 }, { ratio: 0 }] } }
emergency: { sameAs: outpatient }
chronic:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: 1 }
    caps:
      - { name: c, clause: c, source: s, kind: fund, per: bill, several: { mainPlus: 30 }, amount: { by: level, L2: 60, L3: { by: disease, 高血压: 50, 糖尿病: 20, 透析: none } } }
maternity:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: { by: age, 0-17: 0.5, else: 0.4 } }
injury:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: 0.5, adjust: [{ fromAge: 50, everyYears: 10, points: 2, fullFromAge: 100 }] }
crossRegion: { clause: x, source: s, rule: keep }
`,
  ),
  nationalCeilings(),
);

const scope = { totalFen: 20_000n, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 20_000n };
const bill: BenefitFacts = {
  ...{ setting: 'inpatient', level: 'L3', route: 'none', where: 'home', designated: true, area: '000000' },
  ...{ category: 'working', tier: null, identities: [], age: 40, diseases: [] },
  ...{ admittedOn: '2026-01-05', dischargedOn: '2026-01-05', settledOn: '2026-01-05' },
  ...{ scope, parts: [scope], useAccount: false, accountBalanceFen: 0n },
};
const compute = (facts: Partial<BenefitFacts>, years: YearBook = {}): BenefitSplit | BenefitRefusal =>
  computeBenefit({ basic, supplements: [] }, { ...bill, ...facts }, years);

function settled(facts: Partial<BenefitFacts>, years: YearBook = {}): BenefitSplit {
  const split = compute(facts, years);
  if (isRefused(split)) throw new Error(`${split.refused} ${split.clause}`);
  return split;
}

describe('what the random comparison found', () => {
  it.each([
    ['L2', ['高血压', '糖尿病'], 6_000n],
    ['L3', ['高血压', '糖尿病'], 7_000n],
    ['L3', ['高血压', '透析'], 8_000n],
    ['L3', ['透析', '高血压'], 20_000n],
  ] as const)(
    '[N31 H18] at %s a bill of %j may use %d fen: a limit that does not go by disease counts once, and of others without limit at most the addition',
    (level, diseases, paysFen) => {
      expect(settled({ setting: 'chronic', level, diseases }).funds[0]?.amountFen).toBe(paysFen);
    },
  );

  it('[N31 H18] a setting that is the same as another one goes on along the same year’s bands', () => {
    const { changes } = settled({ setting: 'outpatient' });
    expect(changes).toEqual({ 2026: { 'axis.outpatient': 20_000n } });
    expect(settled({ setting: 'emergency' }, changes).funds[0]?.amountFen).toBe(0n);
  });

  it('[H20] later admissions with a table of their own do not need the first amount, the first one does', () => {
    expect(settled({}, { 2026: { 'count.inpatient': 1n } }).deductibleFen).toBe(5_000n);
    expect(compute({})).toMatchObject({ refused: 'POLICY_MISSING' });
  });

  it.each(['maternity', 'injury'] as const)(
    '[N31 H18] where %s goes by age, an age that nobody knows is refused and not guessed',
    (setting) => {
      expect(isRefused(compute({ setting, age: 40 }))).toBe(false);
      expect(compute({ setting, age: null })).toMatchObject({ refused: 'POLICY_MISSING' });
    },
  );
});
