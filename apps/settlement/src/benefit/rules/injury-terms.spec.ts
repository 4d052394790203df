import { describe, expect, it } from '@jest/globals';
import { nationalCeilings } from '../../policy/pack-ceilings.js';
import { Place } from '../../policy/pack-text.js';
import type { PolicyPack } from '../../policy/policy-pack.js';
import { readPack } from '../../policy/read-pack.js';
import type { BenefitFacts } from '../benefit.js';
import { lacksLineDays, yearParts } from './benefit-years.js';
import { withInjuryTerms } from './injury-terms.js';

/** Invented: half of an ordinary stay, a fifth of an injury from 2026 on; stays are divided at the turn of the year. */
const packWith = (more: string, method = 'average-day'): PolicyPack =>
  readPack(
    Place.of(
      'test',
      `
pack: T-INJURY
name: test
status: draft
area: '000000'
schemes: [310]
fundType: 310100
from: 2020-01-01
stayOverYear: { method: ${method}, deductible: earlier }
domains: { levels: [L3], categories: [working] }
sources: { s: { trust: C, text: invented } }
inpatient:
  - from: 2020-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: 0.5 }
${more}
crossRegion: { clause: x, source: s, rule: keep }
`,
    ),
    nationalCeilings(),
  );
const injury = `injury:
  - from: 2026-01-01
    deductible: { clause: d, source: s, per: none }
    ratio: { clause: r, source: s, value: 0.2 }`;

const scope = { totalFen: 1_001n, ownExpenseFen: 0n, overLimitFen: 0n, firstPayFen: 0n, inScopeFen: 1_001n };
const stay: BenefitFacts = {
  ...{ setting: 'inpatient', stay: true, level: 'L3', route: 'none', where: 'home', designated: true, area: '000000' },
  ...{ category: 'working', tier: null, identities: [], age: 40, diseases: [] },
  ...{ admittedOn: '2025-12-31', dischargedOn: '2026-01-02', settledOn: '2026-01-02' },
  ...{ scope, parts: [scope], useAccount: false, accountBalanceFen: 0n },
};

describe('the terms of an injury', () => {
  it('[N35 N31] are the home area’s own where its pack has some in force on the day, else those of the stay', () => {
    const setting = (pack: PolicyPack, settledOn: string): string =>
      withInjuryTerms(pack, { ...stay, settledOn }).setting;
    expect(setting(packWith(''), '2026-01-02')).toBe('inpatient');
    expect([setting(packWith(injury), '2025-12-31'), setting(packWith(injury), '2026-01-01')]).toEqual([
      'inpatient',
      'injury',
    ]);
  });

  it('[N41 H51] a stay is a stay at the turn of the year, whatever the terms it falls under; an outpatient is none', () => {
    const pack = packWith(injury);
    const parts = (facts: BenefitFacts) =>
      yearParts(pack, facts).map((part) => [part.benefitYear, part.facts.scope.totalFen]);
    const divided = [
      [2025, 501n],
      [2026, 500n],
    ];
    expect(parts(stay)).toEqual(divided);
    expect(parts(withInjuryTerms(pack, stay))).toEqual(divided);
    expect(parts({ ...stay, setting: 'maternity' })).toEqual(divided);
    expect(parts({ ...stay, setting: 'injury', stay: false })).toEqual([[2026, 1_001n]]);
  });

  it('[N41 N32] a policy that divides by the days of the charges is not guessed at where a stay came by category', () => {
    const byLine = packWith('', 'line-day');
    const dated = { ...scope, on: '2025-12-31' };
    expect(lacksLineDays(byLine, stay)).toBe(true);
    expect(lacksLineDays(byLine, { ...stay, parts: [dated] })).toBe(false);
    expect(lacksLineDays(byLine, { ...stay, admittedOn: '2026-01-01' })).toBe(false);
    expect(lacksLineDays(packWith(''), stay)).toBe(false);
  });
});
