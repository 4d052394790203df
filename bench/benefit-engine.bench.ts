import { parseYuan } from '#shared/money';
import type { BenefitFacts } from '../apps/settlement/src/benefit/benefit.js';
import { isRefused } from '../apps/settlement/src/benefit/benefit.js';
import { computeBenefit } from '../apps/settlement/src/benefit/compute-benefit.js';
import { PolicyPacks } from '../apps/settlement/src/policy/policy-packs.js';
import { interleaved } from '../tools/bench/bench.js';
import type { Bench, Measurement } from '../tools/bench/bench.js';

const count = 20_000;

/** The floor under any engine: one bigint product rounded half up to the fen. */
function multiplyAndRound(times: number): void {
  let sum = 0n;
  for (let index = 0; index < times; index += 1) {
    const product = BigInt(1_000_000 + index) * 850_000n;
    sum += (product + 500_000n) / 1_000_000n;
  }
  if (sum === 0n) throw new Error('nothing was computed');
}

function stay(totalFen: bigint): BenefitFacts {
  const scope = {
    totalFen,
    ownExpenseFen: 0n,
    overLimitFen: 0n,
    firstPayFen: totalFen / 10n,
    inScopeFen: totalFen - totalFen / 10n,
  };
  return {
    setting: 'inpatient',
    level: 'L3',
    route: 'referral',
    where: 'outside',
    designated: true,
    area: '430100',
    category: 'retired',
    tier: null,
    identities: [],
    age: 66,
    diseases: [],
    admittedOn: '2026-03-01',
    dischargedOn: '2026-03-12',
    settledOn: '2026-03-12',
    scope,
    parts: [scope],
    useAccount: true,
    accountBalanceFen: 30_000n,
  };
}

/** 待遇引擎: results per second on one core, with and without the explanation, beside bare arithmetic. */
export const bench: Bench = {
  name: 'benefit-engine',
  servers: false,
  run() {
    const policy = PolicyPacks.load().find({
      homeArea: '430100',
      scheme: '310',
      supplements: [],
      admittedOn: '2026-03-01',
      settledOn: '2026-03-12',
    });
    if (policy === undefined) throw new Error('the Hunan pack is missing');
    const years = {
      2026: { 'count.inpatient': 1n, 'count.inpatient.L3': 1n, 'deductible.inpatient': parseYuan('1100') },
    };
    const compute = (explain: boolean) => (times: number) => {
      for (let index = 0; index < times; index += 1) {
        const split = computeBenefit(policy, stay(BigInt(1_000_000 + index * 7)), years, explain);
        if (isRefused(split)) throw new Error(split.clause);
      }
    };
    const perSecond = interleaved({ bare: multiplyAndRound, quiet: compute(false), explained: compute(true) }, count);
    const row = (what: string, name: string): Measurement => ({
      what,
      perSecond: perSecond[name] ?? 0,
      comparedWith: 'the bare loop',
      ratio: (perSecond[name] ?? 0) / (perSecond['bare'] ?? 1),
    });
    return Promise.resolve([
      { what: 'bare bigint multiply-and-round', perSecond: perSecond['bare'] ?? 0 },
      row('inpatient results, explanation off', 'quiet'),
      row('inpatient results, explanation on', 'explained'),
    ]);
  },
};
