import { nationalCeilings } from '../../policy/pack-ceilings.js';
import { Place } from '../../policy/pack-text.js';
import { isBasic, PolicyPacks } from '../../policy/policy-packs.js';
import type { Policy } from '../../policy/policy-pack.js';
import { readPack } from '../../policy/read-pack.js';

/** A pack with every mechanism at once, so that properties see all of them even where no real pack has them. */
const everything = `
pack: TEST-EVERYTHING
name: 各种机制
status: draft
area: 430000
schemes: [310]
fundType: 310100
from: 2020-01-01
benefitYear: 04-01
domains: { levels: [L1, L2, L3], categories: [working, retired], tiers: [one, two], identities: [特困] }
sources: { test: { trust: C, text: invented for the tests } }
inpatient:
  - from: 2020-01-01
    deductible:
      { clause: 起付, source: test, per: admission, amount: { by: where, outside: { share: 0.2, min: 500, max: 3000 }, else: { by: level, L1: 300, L2: 600, L3: 900 } }, repeat: { counts: any-level, less: 0.1, of: previous, floor: 250 }, everyDays: 7, yearlyMax: 4000 }
    ratio:
      clause: 比例
      source: test
      bands: { axis: in-scope, over: year, steps: [{ to: 10000, ratio: { by: tier, one: 0.85, two: 0.8 } }, { to: 50000, ratio: 0.9 }, { ratio: 0.95 }] }
      adjust: [{ when: { category: [retired] }, coPayFactor: 0.7 }, { fromAge: 50, everyYears: 10, points: 2, fullFromAge: 100 }]
    caps:
      - { name: cost, clause: 费用限额, source: test, kind: cost, per: year, amount: 300000 }
      - { name: fund, clause: 基金限额, source: test, kind: fund, per: year, amount: 150000 }
    floor: { clause: 保底, source: test, of: in-scope, ratio: 0.45 }
outpatient:
  - from: 2020-01-01
    deductible: { clause: 门诊起付, source: test, per: month, amount: 30 }
    ratio: { clause: 门诊比例, source: test, value: 0.6 }
    caps: [{ name: month, clause: 月限额, source: test, kind: fund, per: month, amount: 400 }]
crossRegion:
  clause: 异地
  source: test
  rule: { by: where, home: keep, province: { asLevel: L3 }, outside: { by: route, other: { firstPay: 0.1, minusPoints: 3 }, unfiled: nothing, emergency: { factor: 0.95 }, else: keep } }
layers:
  - { layer: large, kind: large-amount, fundType: 330100, clause: 大额, source: test, settings: [inpatient], base: [over-cap], over: bill, ratio: 0.8, caps: [{ name: large, clause: 大额限额, source: test, kind: cost, per: year, amount: 200000 }] }
  - { layer: serious, kind: serious-illness, fundType: 390200, clause: 大病, source: test, settings: [inpatient], base: [deductible, co-pay, over-cap, first-pay], over: year, start: { by: identity, 特困: 5000, none: 10000 }, measuredFrom: start, bands: [{ to: 30000, ratio: 0.6 }, { ratio: 0.7 }], adjust: [{ when: { identity: [特困] }, points: 5 }], cut: true }
  - { layer: civil, kind: civil-servant, fundType: 320100, clause: 公务员, source: test, settings: [inpatient, outpatient], when: { tier: [two] }, base: [deductible, co-pay], over: bill, ratio: 0.5 }
  - { layer: aid, kind: aid, fundType: 610100, clause: 救助, source: test, settings: [inpatient], when: { identity: [特困] }, base: [deductible, co-pay, over-cap], over: year, ratio: 1, caps: [{ name: aid, clause: 救助限额, source: test, kind: fund, per: year, amount: 20000 }] }
hospital: [{ clause: 医院负担, source: test, of: over-limit, ratio: 0.5 }]
account: { clause: 账户, source: test, pays: [deductible, co-pay, first-pay] }
`;

/** A pack in which no clause remembers an earlier bill. */
const forgetful = `
pack: TEST-FORGETFUL
name: 每次相同
status: draft
area: 430000
schemes: [310]
fundType: 310100
from: 2020-01-01
domains: { levels: [L1, L2, L3], categories: [working, retired] }
sources: { test: { trust: C, text: invented for the tests } }
inpatient:
  - from: 2020-01-01
    deductible: { clause: 起付, source: test, per: visit, amount: { by: level, L1: 300, L2: 600, L3: 900 } }
    ratio: { clause: 比例, source: test, bands: { axis: base, over: bill, steps: [{ to: 10000, ratio: 0.8 }, { ratio: 0.9 }] } }
    caps: [{ name: bill, clause: 单次限额, source: test, kind: fund, per: bill, amount: 30000 }]
crossRegion: { clause: 异地, source: test, rule: { by: route, other: { minusPoints: 20 }, else: keep } }
account: { clause: 账户, source: test, pays: [first-pay] }
`;

const invented = (file: string, text: string): Policy => ({
  basic: readPack(Place.of(file, text), nationalCeilings()),
  supplements: [],
});

/** The policies that properties are tried on: every basic pack of the tree, and one pack that has everything. */
export const CasePolicies = {
  all(): Policy[] {
    const { packs } = PolicyPacks.load();
    const withTerms = packs.filter((pack) => isBasic(pack) && Object.keys(pack.terms).length > 0);
    return [...withTerms.map((basic) => ({ basic, supplements: [] })), invented('everything.yaml', everything)];
  },
  forgetful: (): Policy => invented('forgetful.yaml', forgetful),
};
