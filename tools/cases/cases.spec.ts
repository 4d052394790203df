import { describe, expect, it } from '@jest/globals';
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
});
