import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { filingCategories, filingChannels } from '#shared/contracts';
import { AreaValues } from '#shared/rules';
import { unreachableStates } from '#shared/transitions';
import { FilingRules } from '../filing-rules.js';
import type { FilingCategory, FilingEvent, FilingStatus } from '../filing.js';
import { filingEventNames, filingStatusNames, filingTransitions } from '../filing.transitions.js';
import { lockedUntil } from './change-lock.js';
import { channelKinds, holdsChannel, isInField } from './channel-field.js';
import { commitmentDue } from './commitment-due.js';
import type { CommitmentFacts } from './commitment-due.js';
import { decisionDue } from './decision-due.js';
import { filingValidity } from './filing-validity.js';
import { missingMaterials, restsOnCommitment } from './missing-materials.js';
import { overlap } from './overlap.js';
import type { Overlap } from './overlap.js';

const hunan = FilingRules.load().of('430100');
const on = '2026-03-02';

describe('materials', () => {
  const base = ['医保电子凭证、有效身份证件或社会保障卡', '异地就医登记备案表'];
  const full: [FilingCategory, string[], string[]][] = [
    [
      'retired-resettled',
      ['credential', 'filing-form', 'household-first-page', 'register-card'],
      [...base, '户口簿首页或个人承诺书', '本人常住人口登记卡或个人承诺书'],
    ],
    ['long-term-resident', ['credential', 'filing-form', 'residence-proof'], [...base, '居住证明或个人承诺书']],
    [
      'posted-worker',
      ['credential', 'filing-form', 'dispatch-proof'],
      [...base, '参保地工作单位派出证明或异地工作单位证明或劳动合同或个人承诺书'],
    ],
    ['referral', ['credential', 'filing-form', 'referral-proof'], [...base, '转诊转院证明材料']],
    ['other-temporary', ['credential', 'filing-form'], base],
  ];
  const oneMissing = full.flatMap(([category, given, words]) =>
    given.map((code, index) => [category, code, given.filter((one) => one !== code), words[index] ?? ''] as const),
  );

  it.each(oneMissing)('[N8 H9] %s without %s: that is said in words', (category, _, given, words) => {
    expect(missingMaterials(category, given, hunan, on)).toEqual([words]);
  });

  it.each(full)('[N8 H9] %s with everything misses nothing', (category, given) => {
    expect(missingMaterials(category, given, hunan, on)).toEqual([]);
  });

  it.each([
    ['retired-resettled', true],
    ['long-term-resident', true],
    ['posted-worker', true],
    ['referral', false],
    ['other-temporary', false],
  ] as const)('[N8 H22 H11] a commitment stands in for the proof of %s: %s', (category, stands) => {
    const given = ['credential', 'filing-form', 'commitment'];
    expect(restsOnCommitment(category, given, hunan, on)).toBe(stands);
    expect(missingMaterials(category, given, hunan, on).length === 0).toBe(stands || category === 'other-temporary');
  });

  it.each(['dispatch-proof', 'employer-proof', 'labour-contract'])(
    '[N8(3) H9] %s alone proves the work elsewhere',
    (proof) => {
      expect(missingMaterials('posted-worker', ['credential', 'filing-form', proof], hunan, on)).toEqual([]);
    },
  );
});

describe('validity', () => {
  it.each([
    ['referral', '2026-03-02', '2026-09-02'],
    ['other-temporary', '2025-08-31', '2026-02-28'],
    ['other-temporary', '2027-08-31', '2028-02-29'],
    ['referral', '2024-02-29', '2024-08-29'],
    ['long-term-resident', '2026-03-02', null],
    ['posted-worker', '2026-03-02', null],
  ] as const)('[N10 H13 P2.3] %s applied for on %s is good until %s', (category, applied, last) => {
    expect(filingValidity(category, applied, hunan).validTo).toBe(last);
  });

  const nation = { temporaryValidityMonths: { value: 6, from: '2022-10-01', article: 'N10' } };
  const withArea = (name: string, value: number): (() => FilingRules) => {
    const lock = { changeLockMonths: { value: 0, from: '2022-10-01', article: 'P2.3' } };
    const file = {
      nation: { ...nation, ...lock },
      '430100': { [name]: { value, from: '2022-10-01', article: 'P2.3' } },
    };
    return () => new FilingRules(AreaValues.of('test', file));
  };

  it('[P2.3 N10] a home area may lock changes for six months, not for seven', () => {
    expect(withArea('changeLockMonths', 6)).not.toThrow();
    expect(withArea('changeLockMonths', 7)).toThrow(/at most 6 months/);
  });

  it('[P2.3 N10] a temporary filing may be good for longer than six months, not for less', () => {
    expect(withArea('temporaryValidityMonths', 12)).not.toThrow();
    expect(withArea('temporaryValidityMonths', 5)).toThrow(/at least 6 months/);
  });

  it('[P2.3 N10] the lock ends on its day; temporary filings have none', () => {
    const rules = withArea('changeLockMonths', 6)().of('430100');
    const long = { category: 'posted-worker', validFrom: '2025-08-31' } as const;
    expect([lockedUntil(long, '2026-02-27', rules), lockedUntil(long, '2026-02-28', rules)]).toEqual([
      '2026-02-28',
      undefined,
    ]);
    expect(lockedUntil({ ...long, category: 'referral' }, '2025-09-01', rules)).toBeUndefined();
  });
});

describe('commitments', () => {
  const due = (more: Partial<CommitmentFacts> = {}, day = on) =>
    commitmentDue(
      {
        category: 'long-term-resident',
        materials: ['credential', 'filing-form', 'commitment'],
        changedDueOn: null,
        ...more,
      },
      day,
      hunan,
    );
  it.each([
    ['2026-03-02', '2026-09-02'],
    ['2025-08-31', '2026-02-28'],
    ['2027-08-31', '2028-02-29'],
  ])('[H22 P2.5] given on %s, the proof is due on %s', (day, last) => {
    expect(due({}, day)).toBe(last);
  });

  it('[H22] with the proof there is nothing due; a change does not begin the six months anew', () => {
    expect(due({ materials: ['credential', 'filing-form', 'residence-proof', 'commitment'] })).toBeNull();
    expect([due({ changedDueOn: '2026-09-01' }), due({ changedDueOn: '2026-09-03' })]).toEqual([
      '2026-09-01',
      '2026-09-02',
    ]);
  });
});

describe('channels', () => {
  it.each(filingChannels.map((channel) => [channel, channelKinds[channel].decidedAtOnce] as const))(
    '[N9 H10] %s is decided on the spot: %s',
    (channel, atOnce) => {
      expect(decisionDue(channel, '2026-09-30', hunan)).toBe(atOnce ? undefined : '2026-10-09');
    },
  );

  it('[N9 H10] the credential of one channel opens no other', () => {
    for (const mine of filingChannels)
      for (const theirs of filingChannels) {
        const same = channelKinds[mine].roles.join() === channelKinds[theirs].roles.join();
        const online = theirs === 'self-service' && channelKinds[mine].credential === 'online';
        if (channelKinds[mine].roles.length === 1)
          expect(holdsChannel(theirs, channelKinds[mine].roles)).toBe(same || online);
      }
    expect(holdsChannel('counter', [])).toBe(true);
    expect(holdsChannel('counter', ['filing.channel.agent'])).toBe(false);
  });

  it.each([
    ['filing.channel.national-app', '430200', false],
    ['filing.channel.national-app', '440100', true],
    ['filing.channel.provincial', '430200', true],
    ['filing.channel.provincial', '440100', true],
  ] as const)('[H10 P3.1] %s takes a filing from Changsha to %s: %s', (role, destination, takes) => {
    expect(isInField({ channel: 'self-service', roles: [role], homeArea: '430100', destination })).toBe(takes);
  });
});

describe('overlaps', () => {
  const kinds = { L: 'long-term-resident', R: 'referral', T: 'other-temporary' } as const;
  const rows: [keyof typeof kinds, keyof typeof kinds, Overlap, Overlap][] = [
    ['L', 'L', 'covered', 'move'],
    ['L', 'R', 'covered', 'beside'],
    ['L', 'T', 'covered', 'beside'],
    ['R', 'L', 'replaces', 'beside'],
    ['R', 'R', 'replaces', 'beside'],
    ['R', 'T', 'covered', 'beside'],
    ['T', 'L', 'replaces', 'beside'],
    ['T', 'R', 'replaces', 'beside'],
    ['T', 'T', 'extend', 'beside'],
  ];
  it.each(rows)('[N13 H21 P3.2] %s stands, %s comes: same place %s, elsewhere %s', (standing, wanted, here, there) => {
    const meets = (destination: string): Overlap =>
      overlap({ category: kinds[standing], destination: '460000' }, { category: kinds[wanted], destination });
    expect([meets('460100'), meets('310000')]).toEqual([here, there]);
  });
});

describe('the page of overlaps', () => {
  it('[N13 H21] docs/filing-overlaps.md says what the table says, pair by pair', () => {
    const page = readFileSync('docs/filing-overlaps.md', 'utf8');
    const cells = (line: string): string[] => line.split('|').map((cell) => cell.replaceAll('*', '').trim());
    const standing = {
      'long-term': 'posted-worker',
      referral: 'referral',
      'other temporary': 'other-temporary',
    } as const;
    const news = ['posted-worker', 'referral', 'other-temporary'] as const;
    let there = '';
    const said: string[] = [];
    for (const line of page.split('\n').filter((one) => one.startsWith('|'))) {
      const [, heads = '', ...verdicts] = cells(line);
      if (/destination/.test(heads)) there = heads === 'same destination' ? '110000' : '310000';
      for (const [name, category] of Object.entries(standing)) {
        if (there === '' || !heads.includes(name)) continue;
        for (const [index, wanted] of news.entries()) {
          const pair = [
            { category, destination: '110000' },
            { category: wanted, destination: there },
          ] as const;
          expect([line, verdicts[index]]).toEqual([line, overlap(...pair)]);
          said.push(`${category} ${wanted} ${there}`);
        }
      }
    }
    expect(new Set(said).size).toBe(18);
  });
});

describe('the life of a filing', () => {
  const statuses = Object.keys(filingStatusNames) as FilingStatus[];
  const events = Object.keys(filingEventNames) as FilingEvent[];
  const pairs = statuses.flatMap((status) => events.map((event) => [status, event] as const));
  const legal = new Set(filingTransitions.rows.map(({ from, on: event }) => `${from} ${event}`));

  it.each(pairs)('[N13 H16] %s + %s', (status, event) => {
    const next = filingTransitions.next(status, event);
    expect(next === undefined).toBe(!legal.has(`${status} ${event}`));
    if (['rejected', 'cancelled', 'ended', 'unfiled', 'expired', 'replaced'].includes(status))
      expect(next).toBeUndefined();
  });

  it('[N13 H16] everything can be reached, and every row has its article', () => {
    expect(unreachableStates(filingTransitions, ['applied', 'effective'])).toEqual([]);
    expect(filingTransitions.rows.every(({ article }) => /^[NHP]\d/.test(article))).toBe(true);
    expect(filingCategories).toHaveLength(5);
  });
});
