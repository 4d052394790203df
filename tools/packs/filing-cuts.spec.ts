import { describe, expect, it } from '@jest/globals';
import { AreaValues } from '#shared/rules';
import { filingOptions } from '../../apps/filing/src/filing/rules/filing-options.js';
import { compareRoutes } from '../../apps/settlement/src/advice/compare-routes.js';
import { isRefused } from '../../apps/settlement/src/benefit/benefit.js';
import type { BenefitFacts } from '../../apps/settlement/src/benefit/benefit.js';
import { nationalCeilings } from '../../apps/settlement/src/policy/pack-ceilings.js';
import { PolicyPacks } from '../../apps/settlement/src/policy/policy-packs.js';

const packs = PolicyPacks.load();
const filing = AreaValues.load('filing/filing.yaml');
const day = '2026-03-10';
const scope = { totalFen: 5_000_000n, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 5_000_000n };

/** By how many points each way lowers the ratio of a stay in another province, as the engine settles it. */
function cutsOf(homeArea: string, scheme: string): Record<string, number> {
  const policy = packs.find({ homeArea, scheme, supplements: [], admittedOn: day, settledOn: day });
  if (policy === undefined) throw new Error(`${homeArea} has no pack`);
  const facts: BenefitFacts = {
    ...{ setting: 'inpatient', level: 'L2', route: 'none', where: 'outside', designated: true, area: homeArea },
    ...{ category: scheme === '310' ? 'working' : 'resident', tier: null, identities: [], age: 40, diseases: [] },
    ...{ admittedOn: day, dischargedOn: day, settledOn: day },
    ...{ scope, parts: [scope], useAccount: false, accountBalanceFen: 0n },
  };
  const ratios = compareRoutes(policy, facts, {}).map(({ way, outcome }): [string, number] => {
    if (isRefused(outcome)) throw new Error(outcome.clause);
    return [way, Number(outcome.ratio?.times(100).toFixed())];
  });
  const atHome = ratios[0]?.[1] ?? 0;
  return Object.fromEntries(ratios.map(([way, points]) => [way, Math.round((atHome - points) * 100) / 100]));
}

/** What filing tells an applicant of that area. */
const toldBy = (homeArea: string): Record<string, number> =>
  Object.fromEntries(
    filingOptions('110000', [], filing.of(homeArea), day).map(({ category, cutPoints }) => [category, cutPoints]),
  );

describe('the cut that filing tells and the cut that the engine makes', () => {
  it.each([
    ['430100', '310'],
    ['430100', '390'],
    ['430300', '310'],
    ['430300', '390'],
  ])('[P2.6 H20] are the same for %s, scheme %s', (homeArea, scheme) => {
    const told = toldBy(homeArea);
    const cuts = cutsOf(homeArea, scheme);
    expect([told['referral'], told['emergency'], told['other-temporary'], told['unfiled']]).toEqual([
      cuts['referral'],
      cuts['emergency'],
      cuts['other'],
      cuts['unfiled'],
    ]);
    expect([told['posted-worker'], told['long-term-resident']]).toEqual([cuts['long-term'], cuts['long-term']]);
  });

  it('[P2.6] where an area has said nothing, filing tells the national ceilings to which packs are held', () => {
    const { referral, other } = nationalCeilings();
    const told = toldBy('540100');
    expect([told['referral'], told['other-temporary']]).toEqual([
      Number(referral.times(100).toFixed()),
      Number(other.times(100).toFixed()),
    ]);
  });
});
