import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rulesDirectory } from '#shared/rules';
import { PolicyPacks } from '../../apps/settlement/src/policy/policy-packs.js';
import { proofOf } from '../packs/check.js';
import { CasePacks } from './case-packs.js';
import { readCases } from './case-file.js';
import { runCase } from './run-case.js';
import { runCases } from './run-cases.js';

const packs = new CasePacks();
const { results, problems } = runCases(join(rulesDirectory(), 'cases'), packs);

describe('cases of the tree', () => {
  it('[N64 H86] every case file can be read, and every pack that it names', () => {
    expect(problems).toEqual([]);
    expect(results.length).toBeGreaterThan(100);
  });

  it.each(results.map((result) => [result.id, result] as const))(
    '[N31 H18 H20] case %s comes out as worked by hand',
    (_, result) => {
      expect(result.comparisons.filter(({ holds }) => !holds)).toEqual([]);
      expect(result.comparisons.length).toBeGreaterThan(0);
    },
  );

  it('[N64] every effective pack is proved by at least three cases of its own', () => {
    expect(proofOf(packs, PolicyPacks.load().packs).problems).toEqual([]);
  });
});

const bill = (expected: string): string => `
id: X
title: a case that must be able to fail
pack: HN-EMP-2023
bills: [{ on: 2026-03-12, total: 10000, expect: ${expected} }]
`;
const outcome = (text: string) => {
  const [one] = readCases('x.yaml', text);
  if (one?.pack === undefined) throw new Error('no case');
  return runCase(one, packs.policy(one.pack));
};

/** A file of cases, run as the command does. */
function casesIn(content: string): ReturnType<typeof runCases> {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  const path = join(folder, 'x.yaml');
  writeFileSync(path, content);
  try {
    return runCases(path, packs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a case', () => {
  it('[N31] holds at the right fen and fails one fen beside it', () => {
    // (10000 − 1100) × 0.85 = 7565.00
    expect(outcome(bill('{ fund: 7565.00 }')).holds).toBe(true);
    expect(outcome(bill('{ fund: 7565.01 }')).holds).toBe(false);
    expect(outcome(bill('{ fund: 7564.99 }')).holds).toBe(false);
  });

  it('[N31] that expects a refusal fails when the bill is paid, and the other way round', () => {
    expect(outcome(bill('{ refused: POLICY_MISSING }')).holds).toBe(false);
    const unknownLevel = bill('{ fund: 1 }').replace('total: 10000', 'setting: maternity, total: 10000');
    expect(outcome(unknownLevel).holds).toBe(false);
    expect(outcome(unknownLevel.replace('{ fund: 1 }', '{ refused: POLICY_MISSING, clause: 生育 }')).holds).toBe(true);
  });

  it('[N31] amounts are read as written: 0.10 is not 0.1000000000000000055', () => {
    expect(outcome(bill('{ fund: 0.09 }').replace('10000', '1100.10')).holds).toBe(true);
  });

  it('[N31 H18] a person who retires within the year is paid as retired from that bill on', () => {
    const bills = [
      '{ on: 2026-03-12, total: 10000, expect: { fund: 7565 } }', // (10000 − 1100) × 0.85
      '{ on: 2026-05-12, total: 10000, person: { category: retired }, expect: { fund: 8221.50 } }', // (10000 − 550) × 0.87
      '{ on: 2026-07-12, total: 10000, expect: { fund: 8395.50 } }', // (10000 − 350) × 0.87
    ];
    const text = `{ id: X, title: x, pack: HN-EMP-2023, bills: [${bills.join(', ')}] }`;
    expect(outcome(text).comparisons.filter(({ holds }) => !holds)).toEqual([]);
    expect(outcome(text.replace(', person: { category: retired }', '')).holds).toBe(false);
  });

  it('[N31] a published bill whose layers exceed the total is told by name', () => {
    const [one] = readCases(
      'x.yaml',
      `{ id: P, title: p, published: { total: 100, layers: { a: 80, b: 60 }, personal: 0, expect: { closes: false, breaks: [payers, layers] } } }`,
    );
    if (one === undefined) throw new Error('no case');
    expect(runCase(one, undefined).holds).toBe(true);
  });

  it('[N31] a pack in a case that is not in order spoils that case and no other one of its file', () => {
    const own = (schemes: string) => `{ pack: T-X, extends: GZ-EMP-2022, name: x, schemes: ${schemes} }`;
    const one = (id: string, pack: string) =>
      `  - { id: ${id}, title: x, pack: ${pack}, bills: [{ on: 2024-01-10, level: L1, total: 10000, expect: { fund: 8640 } }] }`;
    const { results: run, problems: told } = casesIn(
      `cases:\n${[one('A', own('[311]')), one('B', own('[310]')), one('C', 'NOPE'), one('D', 'AID-JJ-2023')].join('\n')}\n`,
    );
    expect(run.map(({ id, holds }) => [id, holds])).toEqual([['B', true]]);
    expect(told).toEqual([
      expect.stringMatching(/^A: .*x.yaml:2: cases\[0\].pack.schemes\[0\]: write one of 310/),
      expect.stringMatching(/^C: .*x.yaml:4: cases\[2\].pack: there is no pack NOPE; known are/),
      expect.stringMatching(/^D: .*x.yaml:5: cases\[3\].pack: a case needs exactly one basic pack/),
    ]);
  });

  it.each([
    ['{ total: 1, expect: { fund: 0 } }', '"on" is missing: the settlement day'],
    ['{ on: 2026-03-12, total: 1 }', 'nothing is expected'],
    ['{ refundOf: 7, expect: { fund: 0 } }', 'there is no earlier bill 7 to take back; there are none'],
    ['{ refundOf: 1, total: 5, expect: { fund: 0 } }', 'cases[0].bills[0].total: a refund has only refundOf, id, on'],
  ])('[N31] a bill %s is told with its line', (given, says) => {
    const { results: run, problems: told } = casesIn(
      `cases:\n  - { id: A, title: x, pack: GZ-EMP-2022, bills: [${given}] }\n`,
    );
    expect(run).toEqual([]);
    expect(told.join('\n')).toMatch(/x\.yaml:2: /);
    expect(told.join('\n')).toContain(says);
  });

  it('[N31] a case without a pack is told, and one with bills and published figures', () => {
    const told = (given: string) => casesIn(`cases:\n  - { id: A, title: x, ${given} }\n`).problems.join('\n');
    expect(told('bills: [{ on: 2026-03-12, expect: { fund: 0 } }]')).toContain('"pack" is missing');
    expect(told('pack: GZ-EMP-2022')).toContain('give either "bills" or "published"');
  });

  it('[N42 N34] a bill that was refused cannot be taken back, nor one twice, nor a refund', () => {
    const bills = (refused: string) => [
      '{ id: a, on: 2024-01-10, level: L0, total: 10, expect: { refused: BILL_LEVEL_UNCOVERED } }',
      `{ refundOf: a${refused === '' ? '' : `, expect: { refused: ${refused} }`} }`,
      '{ id: b, on: 2024-01-10, level: L1, total: 10000, expect: { fund: 8640 } }',
      '{ id: c, refundOf: b, expect: { fund: -8640, used: { count.inpatient: 0 } } }',
      '{ refundOf: b, expect: { refused: ALREADY_REFUNDED } }',
      '{ refundOf: c, expect: { refused: REFUND_OF_REFUND } }',
    ];
    const text = (refused: string) => `{ id: X, title: x, pack: GZ-EMP-2022, bills: [${bills(refused).join(', ')}] }`;
    expect(outcome(text('SETTLEMENT_UNKNOWN')).comparisons.filter(({ holds }) => !holds)).toEqual([]);
    expect(outcome(text('')).comparisons.filter(({ holds }) => !holds)).toMatchObject([
      { what: 'refused', expected: 'not refused', actual: 'SETTLEMENT_UNKNOWN' },
    ]);
  });

  it('[N64] a supplement pays only while it is in force: on its last day, not on the day after', () => {
    const supplement = `{ pack: T-AID, name: x, status: draft, area: 440100, schemes: [610], from: 2024-01-01, to: 2024-06-30,
      domains: { levels: [L1], categories: [working] }, sources: { s: { trust: C, text: invented } },
      layers: [{ layer: aid, kind: aid, fundType: 610100, clause: a, source: s, settings: [inpatient], base: [co-pay], over: bill, ratio: 1 }] }`;
    const bill = (day: string, aid: number) =>
      `{ on: ${day}, level: L1, total: 10000, expect: { layers: { aid: ${aid} }, fund: ${8640 + aid} } }`;
    const text = `{ id: X, title: x, pack: [GZ-EMP-2022, ${supplement}], bills: [${bill('2024-06-30', 960)}, ${bill('2024-07-01', 0)}] }`;
    expect(outcome(text).comparisons.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('[N64] can expect the clauses that nobody has confirmed, all of them and no other', () => {
    const text = (list: string) =>
      `{ id: X, title: x, pack: AH-RES-BB, person: { category: resident }, bills: [{ on: 2026-03-12, total: 10000, expect: { unconfirmed: ${list} } }] }`;
    const both = '[AH-RES-BB 住院起付标准, AH-RES-BB 住院支付比例]';
    expect(outcome(text(both)).holds).toBe(true);
    expect(outcome(text('[AH-RES-BB 住院起付标准]')).holds).toBe(false);
    expect(outcome(text('[]')).holds).toBe(false);
  });

  it('[A13] of published figures, what the person pays must be account and cash together', () => {
    const published = (personal: string) => {
      const [one] = readCases(
        'x.yaml',
        `{ id: P, title: p, published: { total: 100, fund: 70, account: 10, cash: 20, personal: ${personal}, expect: { closes: true } } }`,
      );
      if (one === undefined) throw new Error('no case');
      return runCase(one, undefined);
    };
    expect(published('30').holds).toBe(true);
    expect(published('30.01').comparisons[0]?.actual).toContain('personal: 30.01 / 30.00');
  });

  it('[P5.2] tells of each figure on which clause it rests, as JSON and on the screen', () => {
    const { comparisons } = outcome(
      bill('{ deductible: 1100, ratio: 0.85, fund: 7565.00, cash: 2435.00, total: 10000 }'),
    );
    expect(comparisons.map(({ what, restsOn }) => [what, restsOn])).toEqual([
      ['total', ''],
      ['deductible', 'HN-EMP-2023 住院起付标准'],
      ['ratio', 'HN-EMP-2023 住院支付比例'],
      ['fund', expect.stringContaining('HN-EMP-2023 住院支付比例')],
      ['cash', 'A13'],
    ]);
  });
});
