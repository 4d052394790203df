import { describe, expect, it } from '@jest/globals';
import { nationalCeilings } from '../policy/pack-ceilings.js';
import { Place } from '../policy/pack-text.js';
import type { PolicyPack } from '../policy/policy-pack.js';
import { readPack } from '../policy/read-pack.js';
import { isRefused } from './benefit.js';
import type { BenefitFacts, BenefitSplit } from './benefit.js';
import { computeBenefit } from './compute-benefit.js';

const pack = (text: string): PolicyPack => readPack(Place.of('test', text), nationalCeilings());

/** Invented: half of everything at home, the person's identities unknown to it, elsewhere not laid down. */
const basic = pack(`
pack: T-BASIC
name: test
status: draft
area: '000000'
schemes: [310]
fundType: 310100
from: 2020-01-01
stayOverYear: { method: line-day }
domains: { levels: [L3], categories: [working] }
sources: { s: { trust: C, text: invented } }
inpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: 0.5 }
crossRegion: { clause: x, source: s, rule: { by: where, home: keep, else: open } }
hospital: [{ clause: h, source: s, of: co-pay, ratio: 0.1 }]
`);

const aid = pack(`
pack: T-AID
name: test
status: draft
area: '000000'
schemes: [610]
from: 2020-01-01
domains: { levels: [L3], categories: [working], identities: [特困, 低保] }
sources: { s: { trust: C, text: invented } }
layers:
  - layer: aid
    kind: aid
    fundType: 610100
    clause: a
    source: s
    settings: [inpatient]
    when: { identity: [特困, 低保] }
    base: [co-pay]
    over: year
    ratio: { by: identity, 特困: 1, 低保: 0.8, none: open }
`);

const part = (amountFen: bigint, on?: string) => ({
  totalFen: amountFen,
  ownExpenseFen: 0n,
  overLimitFen: 0n,
  firstPayFen: 0n,
  inScopeFen: amountFen,
  ...(on === undefined ? {} : { on }),
});

const bill: BenefitFacts = {
  setting: 'inpatient',
  level: 'L3',
  route: 'none',
  where: 'home',
  designated: true,
  area: '000000',
  category: 'working',
  tier: null,
  identities: [],
  age: 40,
  diseases: [],
  admittedOn: '2026-01-05',
  dischargedOn: '2026-01-05',
  settledOn: '2026-01-05',
  scope: part(10_000n),
  parts: [part(10_000n)],
  useAccount: false,
  accountBalanceFen: 0n,
};

function settled(facts: Partial<BenefitFacts>, supplements: PolicyPack[] = []): BenefitSplit {
  const split = computeBenefit({ basic, supplements }, { ...bill, ...facts }, {});
  if (isRefused(split)) throw new Error(`${split.refused} ${split.clause}`);
  return split;
}

describe('what the first cases found', () => {
  it.each([
    [['低保'], 4_000n],
    [['低保', '特困'], 5_000n],
    [[], 0n],
  ])(
    '[N6] a supplement tells the person’s identities %j by its own list, though the basic pack knows none',
    (who, pays) => {
      const { funds } = settled({ identities: who }, [aid]);
      expect(funds.find(({ layer }) => layer === 'aid')?.amountFen ?? 0n).toBe(pays);
    },
  );

  it('[H20] at a non-designated institution everything stays with the person, whatever the policy leaves open', () => {
    const { funds, hospitalFen, cashFen } = settled({ designated: false, where: 'outside', route: 'other' });
    expect({ funds, hospitalFen, cashFen }).toEqual({ funds: [], hospitalFen: 0n, cashFen: 10_000n });
  });

  it('[N41] a line dated before the years of its stay counts to the first of them, and no fen is lost', () => {
    const parts = [part(4_000n, '2024-11-30'), part(6_000n, '2026-01-02')];
    const split = settled({ admittedOn: '2025-12-30', parts });
    expect([split.yearParts, split.funds[0]?.amountFen]).toEqual([2, 5_000n]);
  });
});
