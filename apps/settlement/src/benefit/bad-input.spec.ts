import { describe, expect, it } from '@jest/globals';
import { describe as inWords, refuse } from '#shared/errors';
import { isRefused } from './benefit.js';
import type { BenefitFacts } from './benefit.js';
import { computeBenefit } from './compute-benefit.js';
import { CasePolicies } from './testing/case-policies.js';

const policy = CasePolicies.forgetful();
const part = (inScopeFen: bigint, given: Partial<BenefitFacts['scope']> = {}): BenefitFacts['scope'] => ({
  ...{ totalFen: inScopeFen, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen },
  ...given,
});
const lines = (count: number): Partial<BenefitFacts> => ({
  scope: part(BigInt(count) * 100n),
  parts: Array.from({ length: count }, () => part(100n)),
});
const bill: BenefitFacts = {
  ...{ setting: 'inpatient', level: 'L3', route: 'none', where: 'home', designated: true, area: '430100' },
  ...{ category: 'working', tier: null, identities: [], age: 40, diseases: [] },
  ...{ admittedOn: '2026-03-01', dischargedOn: '2026-03-10', settledOn: '2026-03-10' },
  ...{ ...lines(1), scope: part(100n), parts: [part(100n)], useAccount: false, accountBalanceFen: 0n },
};

/** What is wrong, the code, who must act, and a text that the sentence names. */
const mistakes: readonly (readonly [string, Partial<BenefitFacts>, string, string, string])[] = [
  ['10 000 lines', lines(10_000), 'BILL_TOO_LONG', 'hospital', '10000 行'],
  ['a negative line', { scope: part(0n), parts: [part(100n), part(-100n)] }, 'BILL_NEGATIVE', 'hospital', '费用金额'],
  [
    'four amounts that are not the total',
    { scope: part(100n, { totalFen: 101n }) },
    'BILL_SUMS_DIFFER',
    'hospital',
    '四项',
  ],
  ['lines that are not the bill', { parts: [part(99n)] }, 'BILL_SUMS_DIFFER', 'hospital', '明细合计'],
  ['a discharge before the admission', { dischargedOn: '2026-02-28' }, 'BILL_DAYS_WRONG', 'hospital', '2026-02-28'],
  ['a settlement before the discharge', { dischargedOn: '2026-03-11' }, 'BILL_DAYS_WRONG', 'hospital', '2026-03-11'],
  ['an unknown level', { level: 'L0' }, 'BILL_LEVEL_UNCOVERED', 'homeAgency', '医院等级 L0'],
  ['an unknown kind of person', { category: 'resident' }, 'BILL_PERSON_UNCOVERED', 'homeAgency', '人员类别 resident'],
  ['a setting that the pack does not know', { setting: 'maternity' }, 'POLICY_MISSING', 'homeAgency', '生育'],
  [
    'a day before every version',
    { admittedOn: '2019-12-31', dischargedOn: '2019-12-31', settledOn: '2019-12-31' },
    'POLICY_NOT_IN_FORCE',
    'homeAgency',
    '2019-12-31',
  ],
];

describe('bad input of the benefit engine', () => {
  it.each([...mistakes])('[N37] %s: %j is refused', (_, given, code, who, names) => {
    const answer = computeBenefit(policy, { ...bill, ...given }, {});
    if (!isRefused(answer)) throw new Error('it was paid');
    expect(answer.refused).toBe(code);
    const told = inWords(refuse(answer.refused, { clause: answer.clause }));
    expect(told.who).toBe(who);
    expect(told.message).toContain(names);
    expect(told.next).not.toBe('');
  });

  it.each([
    ['9 999 lines', lines(9_999)],
    ['a line of nothing', { parts: [part(100n), part(0n)] }],
    ['a stay that ends on the day on which it began', { admittedOn: '2026-03-10' }],
    [
      'the first day of the first version',
      { admittedOn: '2020-01-01', dischargedOn: '2020-01-01', settledOn: '2020-01-01' },
    ],
  ] as const)('[N37] %s is a bill like any other', (_, given) => {
    expect(isRefused(computeBenefit(policy, { ...bill, ...given }, {}))).toBe(false);
  });

  it('[N37] of several mistakes the one is told that the hospital must mend first', () => {
    const answer = computeBenefit(policy, { ...bill, ...lines(10_000), level: 'L0', dischargedOn: '2026-02-28' }, {});
    expect(answer).toMatchObject({ refused: 'BILL_TOO_LONG' });
  });
});
