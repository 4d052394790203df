import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../launcher/places.js';
import { Place } from '../../apps/settlement/src/policy/pack-text.js';
import { packDirectory } from '../../apps/settlement/src/policy/policy-packs.js';
import { CasePacks } from '../cases/case-packs.js';
import { run } from './command.js';
import { describeDifferences } from './describe-differences.js';

const page = readFileSync(join(projectRoot, 'docs', 'policy-packs.md'), 'utf8');
const good = /^```yaml\n(?<text>.*?)^```/ms.exec(page)?.groups?.['text'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'packs-'));
const file = (content: string, name = 'EX-EMP-2024.yaml'): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const changed = (from: string, to: string): string => {
  expect(good).toContain(from);
  return good.replace(from, to);
};

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  for (const way of ['log', 'error'] as const)
    jest.spyOn(console, way).mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the command says without the folder's name, and how it ends. */
async function said(...args: string[]): Promise<[string, number]> {
  const code = await run(args);
  return [printed.join('\n').replaceAll(`${folder}/`, ''), code];
}

describe('npm run packs -- check FILE', () => {
  it('[N64 H86] a good draft is in order, and told how many of its cases hold', async () => {
    const [says, code] = await said('check', file(good));
    expect(says).toContain('0 cases of its own hold; an effective pack needs 3.\nNothing is wrong.');
    expect(code).toBe(0);
  });

  it.each([
    ['a tab', '  - from', '\t- from', ':12: a tab begins this line; indent with spaces'],
    ['a key twice', 'name: ', 'name: x\nname: ', ':3: "name" stands here twice; keep one of them'],
    ['a bracket too many', 'levels: [L1,', 'levels: [L1, {,', ':8: Unexpected , in flow map; look for a bracket'],
    ['a name for nothing', 'source: notice', 'source: *no', ':15: *no stands for nothing; write &no before'],
    ['a name for itself', '{ by: level, L1: 300', '&a { by: level, L1: *a', ':17: *a stands inside the part'],
    ['an unknown key', 'account: {', 'acount: {', ':35: acount: unknown key; known are pack, name'],
    ['a unit', 'L1: 300', 'L1: 300元', ':17: inpatient[0].deductible.amount.L1: write an amount in yuan'],
    ['a percentage', 'L1: 0.92', 'L1: 92%', ':22: inpatient[0].ratio.value.L1: write a ratio between 0 and 1'],
    [
      'a setting that is no list',
      'inpatient:',
      'outpatient: 5\ninpatient:',
      ':11: outpatient: write a list of versions',
    ],
    ['a tier without tiers', 'by: level, L1: 300', 'by: tier, one: 300', 'name the values of tier in "domains" first'],
    ['an end before the beginning', 'domains:', 'to: 2023-01-01\ndomains:', ':8: to: the pack ends before it begins'],
    ['a pack of nobody', 'pack: ', 'extends: NOPE\npack: ', ':1: extends: there is no pack NOPE'],
    [
      'nothing for a referral',
      'keep, referral/emergency: { minusPoints: 5 }',
      'keep, referral/emergency: nothing',
      'cut by 92 points, the national ceiling is 10',
    ],
  ])('[N64] %s is told with line, clause and what to write instead', async (_, from, to, says) => {
    const [told, code] = await said('check', file(changed(from, to)));
    expect(told).toContain(`✗ EX-EMP-2024.yaml`);
    expect(told).toContain(says);
    expect(told).not.toMatch(/\bat .*\.[jt]s:/);
    expect(code).toBe(1);
  });

  it('[N64] a gap between versions is told with the day that closes it', async () => {
    const second =
      '  - { from: 2024-08-01, deductible: { clause: x, source: notice, per: none }, ratio: { clause: y, source: notice, value: 1 } }';
    const text = changed('    caps:\n', '    to: 2024-06-30\n    caps:\n').replace(
      'crossRegion:',
      `${second}\ncrossRegion:`,
    );
    expect((await said('check', file(text)))[0]).toContain(
      'inpatient: between the versions is a gap or an overlap: the one from 2024-01-01 must end on 2024-07-31',
    );
  });

  it.each([[''], ['- a\n- b\n'], ['hello'], ['\u0000\u0001']])('[N64] a file with %j is no pack', async (content) => {
    const [told, code] = await said('check', file(content));
    expect(told).toBe('✗ EX-EMP-2024.yaml:1: is no pack: write a map that begins with "pack" and "name"');
    expect(code).toBe(1);
  });

  it.each([['nowhere.yaml'], ['.'], ['NOPE']])('[N64] %s is neither a file nor a pack', async (name) => {
    const [told, code] = await said('check', name);
    expect(told).toContain(`there is no file and no pack ${name}`);
    expect(code).toBe(1);
  });

  it('[N64] a pack of another name than its file is told', async () => {
    expect((await said('check', file(good, 'OTHER.yaml')))[0]).toContain(
      'a pack called EX-EMP-2024 stands in EX-EMP-2024.yaml',
    );
  });

  it('[N64] nobody marks a pack effective with fewer than three cases of its own', async () => {
    const effective = changed('status: draft', 'status: effective').replace("'430100'", '990000');
    const [told, code] = await said('check', file(effective));
    expect(told).toContain('EX-EMP-2024 is effective with 0 passing cases of its own; it needs 3, or "status: draft"');
    expect(code).toBe(1);
  });

  it('[N64] nor beside another one that is in force for the same people', async () => {
    const effective = changed('status: draft', 'status: effective').replace("'430100'", '440300');
    expect((await said('check', file(effective)))[0]).toContain(
      'SZ-EMP-2023-10 and EX-EMP-2024 are in force at the same time',
    );
  });

  it('[N64] the cases run under the file that is checked, not under the pack of the tree', async () => {
    const text = readFileSync(join(packDirectory(), 'GZ-EMP-2022.yaml'), 'utf8');
    expect((await said('check', 'GZ-EMP-2022'))[1]).toBe(0);
    const [told, code] = await said('check', file(text.replace('L1: 0.90', 'L1: 0.91'), 'GZ-EMP-2022.yaml'));
    expect(told).toContain('✗ case GZ-EMP-WORKING does not hold');
    expect(code).toBe(1);
  });
});

describe('npm run packs', () => {
  it.each([[['frob']], [[]], [['diff', 'HN-EMP-2023']], [['diff', 'A', 'B', 'C']]])(
    '[N64] %j is answered with how to write it',
    async (args) => {
      const [told, code] = await said(...args);
      expect(told).toContain('npm run packs -- diff A B');
      expect(code).toBe(2);
    },
  );

  it('[N64] unconfirmed lists every clause and value with its reason', async () => {
    const [told, code] = await said('unconfirmed');
    expect(told).toMatch(/^HN-EMP-2023 +职工大病: only weak sources/m);
    expect(told).toMatch(/^AH-RES-BB +住院起付标准: the page has no date/m);
    expect(code).toBe(0);
  });
});

const read = (text: string) => new CasePacks().parse(Place.of('EX-EMP-2024.yaml', text));

describe('npm run packs -- diff A B', () => {
  it.each([
    [
      'L3: 0.85',
      'L3: 0.86',
      ['住院支付比例：85% → 86%（本地、', '，L3，在职）', '住院支付比例：87% → 88%', '，L3，退休）'],
    ],
    [
      'minusPoints: 10',
      'minusPoints: 12',
      ['住院支付比例：82% → 80%（跨省其他临时、跨省未备案，L1，在职；又 跨省其他临时、跨省未备案，L2，退休）'],
    ],
    ['other/unfiled: {', 'unfiled: open, other: {', ['82% → 未规定（跨省未备案，L1，在职']],
    ['L1: 300', 'L1: 350', ['住院起付线：300.00 元 → 350.00 元（L1）']],
    ['factor: 0.5', 'factor: 0.6', ['住院再次住院起付线：不分级别 首次 × 0.5 → 不分级别 首次 × 0.6（所有人）']],
    ['counts: any-level', 'counts: same-level', ['不分级别 首次 × 0.5 → 同级别 首次 × 0.5']],
    [
      'amount: 200000',
      'amount: 250000',
      ['住院限额 pool：200000.00 元（每年基金支付） → 250000.00 元（每年基金支付）（所有人）'],
    ],
    ['kind: fund', 'kind: cost', ['（每年基金支付） → 200000.00 元（每年政策范围内费用）']],
    [
      'per: admission',
      'per: admission\n      everyDays: 90',
      ['住院连续住院：未规定 → 每 90 天计一次起付线（所有人）'],
    ],
    ['per: admission', 'per: admission\n      yearlyMax: 2000', ['住院年度起付封顶：未规定 → 2000.00 元（所有人）']],
    ['points: 2', 'points: 3', ['住院支付比例：94% → 95%', '退休']],
    ['pays: all', 'pays: [deductible]', ['个人账户支付：超封顶、', '→ 起付线（']],
    ['domains:', 'benefitYear: 07-01\ndomains:', ['待遇年度起始日：01-01 → 07-01（所有人）']],
    ['domains:', 'versionBy: admission\ndomains:', ['政策版本按：结算日 → 入院日（所有人）']],
    ['domains:', 'stayOverYear: { method: average-day }\ndomains:', ['跨年度住院：出院时整笔计算，']],
    [
      'account:',
      'hospital: [{ clause: h, source: notice, of: over-limit, ratio: 0.5 }]\naccount:',
      ['住院医院负担超限价：未规定 → 50%（所有人）'],
    ],
    [
      '    caps:',
      '    items: [{ item: x, clause: i, source: notice, selfPay: 0.3 }]\n    caps:',
      ['住院单列项目 x 自付：未规定 → 30%（所有人）'],
    ],
    [
      '    caps:',
      '    floor: { clause: f, source: notice, of: total, ratio: 0.4 }\n    caps:',
      ['住院保底：无 → 总费用 40%（所有人）'],
    ],
    [
      'points: 2 }]',
      'points: 2 }, { when: { age: [0-17] }, points: 5 }]',
      ['住院支付比例：92% → 97%（', '，0 至 17 岁）'],
    ],
  ])('[N64] %j as %j is told in words, with whom it touches', (from, to, says) => {
    const told = describeDifferences(read(good), read(changed(from, to))).join('\n');
    for (const words of says) expect(told).toContain(words);
  });

  it('[N64] whoever fares as before is not named', () => {
    const told = describeDifferences(read(good), read(changed('L3: 0.85', 'L3: 0.86'))).join('\n');
    expect(told).not.toMatch(/L1|L2|起付|限额/);
  });

  it('[N64] the same pack says the same; other words for the same money are told as that', async () => {
    const same = file(good);
    expect((await said('diff', same, same))[0]).toBe('EX-EMP-2024 and EX-EMP-2024 say the same.');
    printed = [];
    const [told, code] = await said('diff', same, file(changed('第五条 起付标准', '第六条 起付标准'), 'B.yaml'));
    expect(told).toContain('give everybody the same; they differ in names, days, clauses');
    expect(code).toBe(0);
  });

  it('[N64] a pack that is not there, or not in order, is told and nothing is compared', async () => {
    expect(await said('diff', 'HN-EMP-2023', 'NOPE')).toEqual([
      expect.stringContaining('There is no file and no pack NOPE'),
      1,
    ]);
    printed = [];
    const bad = file(changed('L1: 300', 'L1: x'));
    expect(await said('diff', 'HN-EMP-2023', bad)).toEqual([expect.stringContaining('write an amount in yuan'), 1]);
  });
});
