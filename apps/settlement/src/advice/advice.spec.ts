import { describe, expect, it } from '@jest/globals';
import { parseYuan } from '#shared/money';
import { isRefused } from '../benefit/benefit.js';
import type { BenefitFacts } from '../benefit/benefit.js';
import { computeBenefit } from '../benefit/compute-benefit.js';
import { PolicyPacks } from '../policy/policy-packs.js';
import { cheapest, compareRoutes } from './compare-routes.js';
import { replayYear } from './replay-year.js';
import { RouteNeeds } from './route-needs.js';

const packs = PolicyPacks.load();
const hunan = packs.get('HN-EMP-2023');
if (hunan === undefined) throw new Error('the Hunan pack is missing');
const policy = { basic: hunan, supplements: [] };

const stay = (yuan: string): BenefitFacts => {
  const totalFen = parseYuan(yuan);
  const scope = { totalFen, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: totalFen };
  return {
    setting: 'inpatient',
    level: 'L3',
    route: 'none',
    where: 'outside',
    designated: true,
    area: '430200',
    category: 'working',
    tier: null,
    identities: [],
    age: 40,
    diseases: [],
    admittedOn: '2026-03-01',
    dischargedOn: '2026-03-10',
    settledOn: '2026-03-10',
    scope,
    parts: [scope],
    useAccount: false,
    accountBalanceFen: 0n,
  };
};

describe('compareRoutes', () => {
  it('[H20 H21 P2.5] at home and long-term 85 %, referral and emergency 80 %, other and unfiled 75 %', () => {
    const ratios = compareRoutes(policy, stay('10000'), {}).map(({ way, outcome }) => [
      way,
      isRefused(outcome) ? outcome.refused : outcome.ratio?.toFixed(),
    ]);
    expect(Object.fromEntries(ratios)).toEqual({
      'at-home': '0.85',
      'long-term': '0.85',
      referral: '0.8',
      emergency: '0.8',
      other: '0.75',
      unfiled: '0.75',
    });
  });

  it('[H19] the way with the least to pay is named; an emergency is nothing one chooses', () => {
    expect(cheapest(compareRoutes(policy, stay('10000'), {}))).toBe('at-home');
    const away = compareRoutes(policy, stay('10000'), {}).filter(({ way }) => way !== 'at-home' && way !== 'long-term');
    expect(cheapest(away)).toBe('referral');
  });

  it('[H20] treated at home there is nothing to choose', () => {
    expect(compareRoutes(policy, { ...stay('10000'), where: 'home' }, {}).map(({ way }) => way)).toEqual(['at-home']);
  });

  it('[N7 N34] every way says what it needs, which materials and where, with its article; an emergency needs nothing beforehand', () => {
    const needs = RouteNeeds.load();
    const of = (way: Parameters<typeof needs.of>[0]) => needs.of(way, '430100', '2026-03-01');
    expect(of('emergency')).toMatchObject({ filings: [], office: null, article: 'N34' });
    expect(of('long-term').filings.map(({ category }) => category)).toEqual([
      'retired-resettled',
      'long-term-resident',
      'posted-worker',
    ]);
    expect(of('referral').filings[0]?.materials).toContain('转诊转院证明材料');
    expect(of('referral').office).toContain('转诊资质');
  });
});

describe('replayYear', () => {
  it('[N42 H52] the same bills under the same policy give what was settled; without the first one the second pays it all', () => {
    const bills = [
      { settlementId: 'S1', facts: stay('5000') },
      { settlementId: 'S2', facts: stay('5000') },
    ];
    const [first, second] = replayYear(policy, bills, {});
    expect(first?.outcome).toEqual(computeBenefit(policy, stay('5000'), {}));
    expect(second?.outcome).toMatchObject({ deductibleFen: 55_000n });
    const [alone] = replayYear(policy, bills.slice(1), {});
    expect(alone?.outcome).toMatchObject({ deductibleFen: 110_000n });
  });
});
