import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { serviceTopics } from '#shared/contracts';
import type { ServiceName } from '#shared/contracts';
import { formatYuan, parseYuan, sum } from '#shared/money';
import type { Flow } from './doors.js';
import { clerk } from './people.js';
import { readMonth } from './report.js';
import type { MonthReport } from './report.js';
import { playMonth } from './story/play-month.js';
import { silentTeller } from './teller.js';
import { startMilliseconds, startTestWorld } from './testing/test-world.js';
import type { TestWorld } from './testing/test-world.js';
import { persons } from './world.js';

type Figures = Record<string, unknown>;
interface ExpectedMonth {
  readonly settlements: readonly (Figures & { readonly id: string })[];
  readonly payments: readonly (Figures & { readonly institution: string })[];
  readonly clearing: { readonly pairs: readonly Figures[]; readonly total: string };
  readonly hunan: Readonly<Record<string, readonly Figures[]>>;
  readonly usage: readonly (Figures & { readonly payee: string })[];
  readonly dates: Readonly<Record<string, string>>;
}

interface Obligation {
  readonly kind: string;
  readonly hard: boolean;
  readonly dueOn: string;
  readonly metOn: string | null;
}

const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected-month.json'), 'utf8')) as ExpectedMonth;
const nation = clerk('000000');
const services = Object.keys(serviceTopics) as ServiceName[];

describe('one month of real money, read back through the public doors', () => {
  let world: TestWorld;
  let month: MonthReport;
  let flows: Record<ServiceName, Flow>;
  const ask = <T = Figures[]>(service: ServiceName, path: string): Promise<T> =>
    world.doors.call<T>(nation, service, 'GET', path);

  beforeAll(async () => {
    world = await startTestWorld();
    const { settled } = await playMonth(world.doors, silentTeller);
    month = await readMonth(world.doors, settled);
    const read = async (service: ServiceName) => [service, await world.doors.flow(service)] as const;
    flows = Object.fromEntries(await Promise.all(services.map(read))) as Record<ServiceName, Flow>;
  }, startMilliseconds);
  afterAll(() => world.stop(), startMilliseconds);

  /** The settlement of this id has every figure, line and category that was worked out by hand. */
  const agrees = (id: string) => (): void => {
    const wanted = expected.settlements.find((one) => one.id === id);
    expect(wanted).toBeDefined();
    expect(month.settlements.find((one) => one.id === id)).toMatchObject(wanted ?? {});
  };

  it('[N33 H45 H26 N31 P2.1] V1: the lines of an outpatient are split one by one, the account pays', agrees('V1'));
  it('[N33 H45 H26] V2: the second visit takes its own deductible within the ceiling of the year', agrees('V2'));
  it('[N32 H44 P3.4 H9(4) H12 H20 P2.6] V3: a referred resident, 14 categories, 5 points less', agrees('V3'));
  it('[N8(5) H9(5) N34 H55 H20 H26] V4: an emergency without a filing, 5 points less', agrees('V4'));
  it('[P2.4 N16 H17 H27 H20] V5: filed after the admission and before the discharge, 10 points less', agrees('V5'));
  it('[N31 H18 N34] V6: the catalogue of Changsha with the policy of Shenzhen', agrees('V6'));
  it('[N12 H14 H20 P2.6] V7: a long-term filing gives the rate of home', agrees('V7'));
  it('[H8 N14] V8: a resident needs no filing inside the province', agrees('V8'));
  it('[H8 N14] V9: nor does an employee', agrees('V9'));
  it('[N12 H14] V10: a second stay under one filing at half the deductible', agrees('V10'));
  it('[N42 H52] V1R: refunded out of order, every amount and the account go back', agrees('V1R'));

  it('[H61 N45] the settlements of the month are these and no others', async () => {
    const list = await ask('settlement', '/settlements?month=2026-03');
    expect(list).toHaveLength(expected.settlements.length);
    expect(month.settlements.map(({ id }) => id)).toEqual(expected.settlements.map(({ id }) => id));
  });

  it('[N9 H10 P3.1 N10 H13 P2.3] filings: decided at once or within two working days, good for as long as they may be', async () => {
    const of = async (person: keyof typeof persons): Promise<Figures | undefined> =>
      (await ask('filing', `/filings?personNo=${persons[person].personNo}`))[0];
    const longTerm = { status: 'effective', category: 'long-term-resident', validTo: null };
    expect(await of('A')).toMatchObject({ ...longTerm, decidedOn: '2025-09-01', destination: '110000' });
    expect(await of('F')).toMatchObject({ ...longTerm, decidedOn: '2025-11-20', destination: '430100' });
    expect(await of('B')).toMatchObject({ category: 'referral', channel: 'one-stop', decidedOn: '2026-03-02' });
    const late = { channel: 'national-app', supplementary: true, appliedOn: '2026-03-11', decidedOn: '2026-03-12' };
    expect(await of('D')).toMatchObject(late);
    const [duty] = await ask('collaboration', '/board/obligations?kind=decide-filing');
    expect(duty).toMatchObject({ owner: '430600', dueOn: '2026-03-13', metOn: '2026-03-12' });
    for (const person of ['C', 'E', 'G', 'H'] as const) expect(await of(person)).toBeUndefined();
  });

  it('[N18 H28 P4.1] quotas: twice the mean of the last quarter, fixed to 100 yuan, both figures kept', async () => {
    const quotas = await ask('funds', '/quotas?year=2026');
    const figures = quotas.map(({ payee, exact, quota }) => [payee, exact, quota]);
    expect(figures).toEqual([
      ['110000', '10000.00', '10000.00'],
      ['310000', '13000.00', '13000.00'],
      ['420000', '4015.80', '4000.00'],
      ['440000', '24000.00', '24000.00'],
      ['430000', '3800.00', '3800.00'],
    ]);
  });

  it('[N38 H46] reconciliation: the seeded difference was found on its day and is gone after the corrected file', async () => {
    const { differences } = await ask<{ differences: Figures[] }>('settlement', '/reconciliations/2026-03-16');
    expect(differences).toHaveLength(1);
    const [found] = differences;
    expect(found).toMatchObject({ kind: 'missing-at-institution', state: 'resolved', fundAmount: '2642.71' });
    expect(found).toMatchObject({ institutionCode: 'H42010000201', foundOn: '2026-03-16', resolvedOn: '2026-03-17' });
  });

  it.each(expected.payments.map(({ institution, ...figures }) => [institution, figures] as const))(
    '[N40 H50 H48 H49 N43] payments: %s is paid what it declared less what was deducted',
    (institution, figures) => {
      expect(month.payments).toContainEqual({ institution, ...figures });
      expect(month.payments).toHaveLength(expected.payments.length);
    },
  );

  it('[N45 H61 P4.2 N46 A14 N54 H72] clearing: every pair of provinces, with the deduction on one of them', () => {
    expect(month.clearing).toEqual(expected.clearing);
  });

  it('[N46 A14 A14-1 A14-7] clearing: the workbook says the same, in rows that receive and columns that pay', async () => {
    const bytes = await world.doors.bytes(nation, 'clearing', '/periods/2026-03/tables.xlsx');
    const sheets = await readXlsxFile(Buffer.from(bytes));
    const matrix = sheets.find(({ sheet }) => sheet === '附件14')?.data ?? [];
    const payers = matrix[5] ?? [];
    const cell = (payee: string, payer: string) => matrix.find((row) => row[1] === payee)?.[payers.indexOf(payer)];
    expect(cell('上海', '湖南')).toBe(12044.25);
    expect(cell('湖南', '广东')).toBe(2697.3);
    expect(matrix.flat()).toContain(35516.81);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(expect.arrayContaining(['附件14-1 湖南', '附件14-7 上海']));
  });

  it('[H65 H66 H67 H68] Hunan: areas net against each other, residents are paid from the provincial collection', () => {
    expect(month.hunan).toMatchObject(expected.hunan);
    for (const table of [month.hunan.intraProvinceEmployees, month.hunan.intraProvinceResidents])
      expect(formatYuan(sum(table.map(({ net }) => parseYuan(net))))).toBe('0.00');
  });

  it.each(expected.usage.map((line) => [line.payee, line] as const))(
    '[N23 H32] usage: %s at its level',
    (payee, line) => {
      expect(month.usage.find((one) => one.payee === payee)).toEqual(line);
      expect(month.usage).toHaveLength(expected.usage.length);
    },
  );

  it('[N23 H32] warnings: one red and two yellow, each once', async () => {
    const warnings = await ask('funds', '/warnings?period=2026-03');
    expect(warnings.map(({ payee, level }) => [payee, level])).toEqual([
      ['310000', 'red'],
      ['430000', 'yellow'],
      ['440000', 'yellow'],
    ]);
  });

  it.each(Object.entries(expected.dates))(
    '[N38 H48 H49 H50 H62 N46 N47 N48 H63 H66] dates: %s is %s, over Qingming and Labour Day',
    (name, day) => {
      expect(month.dates[name]).toBe(day);
    },
  );

  it('[N21 N22 N26 H30 H31 H34 N49] transfers: each arrived in time, with bank, number and date', async () => {
    const transfers = await ask('funds', '/transfers');
    expect(transfers).toHaveLength(15);
    for (const one of transfers) {
      expect(one).toMatchObject({ state: 'confirmed', bank: { bankName: expect.any(String) } });
      expect(one).toMatchObject({ bank: { transactionNo: expect.stringMatching(/./) } });
    }
  });

  it('[N38 H48 H49 H50 H62 N46 N47 N48 H63 H66] obligations: every hard date of the month was met in time', async () => {
    const board = await ask<Obligation[]>('collaboration', '/board/obligations');
    const hard = board.filter((one) => one.hard && one.kind !== 'answer-matter');
    expect(hard.length).toBeGreaterThan(70);
    expect(hard.filter(({ dueOn, metOn }) => metOn === null || metOn > dueOn)).toEqual([]);
  });

  it('[N37 H58 N46 N62 H84 N5 H5] invariants: every identity holds, and the ledger balances on every day', () => {
    expect(month.invariants.filter(({ holds, left, right }) => !holds || left !== right)).toEqual([]);
    expect(month.invariants.filter(({ id }) => id.startsWith('ledger-')).length).toBeGreaterThan(5);
    expect(month.invariants.filter(({ id }) => id.startsWith('payers-'))).toHaveLength(expected.settlements.length);
  });

  it.each(services)('[N13] messages: %s has consumed all that was published for it, and none is dead', (service) => {
    const published = (topic: string): number => sumOf(services.map((one) => flows[one].published[topic] ?? 0));
    for (const { topic } of serviceTopics[service].consumed)
      expect([topic, flows[service].consumed[topic] ?? 0]).toEqual([topic, published(topic)]);
    expect(flows[service]).toMatchObject({ outbox: 0, lag: 0, deadLettered: {} });
  });

  it('[N59 H77] matters: the difference and the warnings opened them; one is answered and confirmed', () => {
    const of = (cause: string, responsible: string) =>
      month.matters.find((one) => one.cause === cause && one.responsible === responsible);
    expect(month.matters).toHaveLength(4);
    expect(of('reconciliation', '420100')).toMatchObject({ asker: '430000', state: 'closed', dueOn: '2026-03-30' });
    expect(of('warning', '310000')).toMatchObject({ asker: '000000', state: 'confirmed', dueOn: '2026-05-18' });
    expect(of('warning', '430000')).toMatchObject({ state: 'open', dueOn: '2026-05-18' });
    expect(of('warning', '440000')).toMatchObject({ state: 'open', dueOn: '2026-05-18' });
  });
});

const sumOf = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
