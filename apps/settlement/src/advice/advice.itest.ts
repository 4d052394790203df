import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualificationChanged } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { RestTestService } from '#shared/testing';
import type { TestAnswer, TestCaller } from '#shared/testing';
import { lineHolds } from '../benefit/testing/pocket-calculator.js';
import { migrations } from '../migrations/index.js';
import { keepQualification } from '../person/known-person.repository.js';
import type { Settlement } from '../settlement/settlement.js';
import { SettlementModule } from '../settlement.module.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';

type Figures = Record<string, unknown> & { text: string[] };

describe('advice over HTTP', () => {
  let service: RestTestService;
  let world: SettlementWorld<RestTestService>;
  let first: Settlement;
  let second: Settlement;
  let refund: Settlement;

  const clerk = (agency: string, roles: TestCaller['roles'] = ['settlement.read']): TestCaller => ({
    ...{ agency, level: 'area', roles, subject: `clerk-${agency}` },
  });
  const get = <T = object>(path: string, as: TestCaller = clerk('430100')): Promise<TestAnswer<T>> =>
    service.call<T>({ method: 'GET', path, as });
  const routes = (given: object, as: TestCaller = clerk('430100')) =>
    service.call<{ code: string; cheapest: string; ways: (Figures & { way: string })[] }>({
      ...{ method: 'POST', path: '/advice/routes', as },
      body: { scheme: '310', treatmentArea: '310000', setting: 'inpatient', level: 'L3', inScope: '10000', ...given },
    });
  const stay = async (amount: string): Promise<Settlement> => {
    const visit = await world.discharged('P1', amount);
    return orThrow(await world.settle(world.command(visit, amount)));
  };

  beforeAll(async () => {
    service = await RestTestService.start('settlement', SettlementModule, migrations);
    await service.moveTo('2026-03-16');
    world = await SettlementWorld.over(service);
    await world.person({ personNo: 'P1' });
    await world.person({ personNo: 'P2' });
    first = await stay('5000.00');
    second = await stay('10000.00');
  });
  afterAll(() => service.stop());

  it('[N31 P5.2] every figure of a settlement has its rule, clause and a sum that a pocket calculator confirms', async () => {
    const { status, body } = await get<Figures & { figures: object[] }>(
      `/settlements/${first.settlementId}/explanation`,
    );
    expect(status).toBe(200);
    // (5000 − 1100) × 0.85 = 3315.00 at level three, long-term.
    expect(body.figures).toContainEqual(
      expect.objectContaining({
        rule: 'basic-fund',
        value: '3315.00',
        clause: expect.objectContaining({ pack: 'HN-EMP-2023' }),
      }),
    );
    expect(body.text.join('\n')).toContain('基本统筹支付');
    expect(body.text.filter((line) => !lineHolds(line))).toEqual([]);
  });

  it('[H20 H21 P2.5] the ways side by side, from what the person has used this year, each with what it needs', async () => {
    const { status, body } = await routes({ personNo: 'P1' });
    expect(status).toBe(200);
    // Third admission at level three: of 2000 in the year 1650 are used, so 350 are due.
    expect(body.ways.map(({ way, deductible, ratio, fundTotal }) => [way, deductible, ratio, fundTotal])).toEqual([
      ['at-home', '350.00', '0.85', '8202.50'],
      ['long-term', '350.00', '0.85', '8202.50'],
      ['referral', '350.00', '0.8', '7720.00'],
      ['emergency', '350.00', '0.8', '7720.00'],
      ['other', '350.00', '0.75', '7237.50'],
      ['unfiled', '350.00', '0.75', '7237.50'],
    ]);
    expect(body.cheapest).toBe('at-home');
    expect(body.ways.find(({ way }) => way === 'referral')).toMatchObject({
      needs: {
        filings: [{ category: 'referral', materials: expect.arrayContaining(['异地就医登记备案表']) }],
        office: expect.stringContaining('参保地经办机构'),
        article: 'N8',
      },
    });
    expect(body.ways.flatMap(({ text }) => text).filter((line) => !lineHolds(line))).toEqual([]);
    expect(await world.accumulators('P1')).toMatchObject({ 'count.inpatient': 2n, 'deductible.inpatient': 165_000n });
  });

  it('[H20 H8] somebody described instead of named begins a fresh year; a Changsha person loses nothing inside Hunan', async () => {
    const described = { homeArea: '430100', category: 'retired', age: 66, treatmentArea: '430200', inScope: '10000' };
    const { body } = await routes(described);
    expect(body.ways.find(({ way }) => way === 'other')).toMatchObject({ deductible: '1100.00', ratio: '0.87' });
    const away = (await routes({ ...described, homeArea: '430300' })).body;
    expect(away.ways.find(({ way }) => way === 'other')).toMatchObject({ ratio: '0.77' });
  });

  it('[N33] chronic diseases count with the limits of those that are named; without one the clause is named', async () => {
    const chronic = { personNo: 'P2', setting: 'chronic', inScope: '1000' };
    const { body } = await routes({ ...chronic, diseases: ['冠心病'] });
    // Limit of a month 260 × 0.80
    expect(body.ways[0]).toMatchObject({ way: 'at-home', fundTotal: '208.00' });
    expect((await routes(chronic)).body.ways[0]).toMatchObject({
      refused: { code: 'POLICY_MISSING', who: 'homeAgency' },
    });
  });

  it('[N33] and what the comparison promised is what the bill of that disease then gets', async () => {
    const recognised = {
      ...qualificationChanged.example,
      personNo: 'P2',
      diseaseCode: 'M04600',
      diseaseName: '冠心病',
    };
    await service.transaction((tx) => keepQualification(tx, recognised, 1));
    const institution: typeof shanghai = { ...shanghai, services: ['outpatient', 'chronic'] };
    const details = { dise_codg: 'M04600', dise_name: '冠心病' };
    const visit = orThrow(await world.open('P2', 'outpatient', { institution, medType: '14', details }));
    orThrow(await world.charge(visit, [world.line('1000.00')]));
    const settled = orThrow(await world.settle(world.command(visit, '1000.00')));
    expect(settled.funds).toEqual([{ fundType: '310100', amountFen: 20_800n }]);
  });

  it.each([
    [{}, 400, 'BAD_REQUEST'],
    [{ personNo: 'P1', scheme: '999' }, 400, 'BAD_REQUEST'],
    [{ personNo: 'P1', inScope: '1.234' }, 400, 'BAD_REQUEST'],
    [{ personNo: 'P1', level: 'L9' }, 400, 'BAD_REQUEST'],
    [{ personNo: 'P1', foo: 1 }, 400, 'BAD_REQUEST'],
    [{ personNo: 'P1', scheme: '390' }, 422, 'NOT_INSURED_IN_SCHEME'],
    [{ personNo: 'NOBODY' }, 404, 'NOT_FOUND'],
    [{ homeArea: '540100', category: 'working' }, 422, 'POLICY_MISSING'],
  ])('[H19] asked with %j: %d %s', async (given, status, code) => {
    const answer = await routes(given);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('[N37] an amount below nought is refused on every way, with its own code', async () => {
    const { status, body } = await routes({ personNo: 'P1', inScope: '-5' });
    expect(status).toBe(200);
    expect(body.ways.map(({ refused }) => refused)).toEqual(
      body.ways.map(() => expect.objectContaining({ code: 'BILL_NEGATIVE', who: 'hospital' })),
    );
  });

  it('[N64] the same year under another pack, shown and not booked', async () => {
    const before = await world.accumulators('P1');
    const under = (pack: string, year = '2026') =>
      get<Record<string, Record<string, string>>[]>(`/advice/persons/P1/what-if?scheme=310&year=${year}&pack=${pack}`);
    const { status, body } = await under('HN-EMP-2023');
    expect(status).toBe(200);
    expect(body.map(({ granted, replayed }) => [granted?.['fundTotal'], replayed?.['fundTotal']])).toEqual([
      ['3315.00', '3315.00'],
      ['8032.50', '8032.50'],
    ]);
    // Wuhan: (5000 − 800) × 0.86; cross-region left open, so the clause is named.
    expect((await under('WH-EMP-2024')).body[0]?.['replayed']).toMatchObject({ refused: { code: 'POLICY_MISSING' } });
    expect((await under('HN-EMP-2023', '2025')).body).toEqual([]);
    expect(await world.accumulators('P1')).toEqual(before);
  });

  it.each([
    ['scheme=310&year=2026&pack=NOPE', 404, 'NOT_FOUND'],
    ['scheme=310&year=26&pack=HN-EMP-2023', 400, 'BAD_REQUEST'],
    ['scheme=31&year=2026&pack=HN-EMP-2023', 400, 'BAD_REQUEST'],
    ['year=2026', 400, 'BAD_REQUEST'],
  ])('[N64] what if %s: %d %s', async (query, status, code) => {
    const answer = await get<{ code: string }>(`/advice/persons/P1/what-if?${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('[N42 H52] a refund shows what the later bills would have come to, and leaves them as they are', async () => {
    refund = orThrow(await world.refund(first));
    const { status, body } = await get<Record<string, unknown>[]>(
      `/advice/refunds/${refund.settlementId}/recomputation`,
    );
    expect(status).toBe(200);
    // The second stay alone is a first admission: (10000 − 1100) × 0.85 instead of (10000 − 550) × 0.85.
    expect(body).toMatchObject([
      {
        settlementId: second.settlementId,
        granted: { fundTotal: '8032.50' },
        replayed: { deductible: '1100.00', fundTotal: '7565.00' },
      },
    ]);
    expect(await world.accumulators('P1')).toMatchObject({ 'count.inpatient': 1n, 'deductible.inpatient': 55_000n });
    const charge = await get<{ code: string }>(`/advice/refunds/${second.settlementId}/recomputation`);
    expect([charge.status, charge.body.code]).toEqual([404, 'NOT_FOUND']);
    const explained = await get<{ refundOf: string }>(`/settlements/${refund.settlementId}/explanation`);
    expect(explained.body.refundOf).toBe(first.settlementId);
  });

  it('[A2 N65] agencies of other areas see nothing of it, and nobody without token or role', async () => {
    const paths = () => [
      `/settlements/${first.settlementId}/explanation`,
      `/advice/refunds/${refund.settlementId}/recomputation`,
    ];
    for (const path of paths()) {
      expect((await get(path, clerk('430200'))).status).toBe(404);
      expect((await get(path, clerk('430100', ['filing.read']))).status).toBe(403);
      expect((await service.call({ method: 'GET', path })).status).toBe(401);
    }
    expect((await routes({ personNo: 'P1' }, clerk('430200'))).body.code).toBe('NOT_FOUND');
    expect((await routes({ personNo: 'P1' }, clerk('430100', []))).status).toBe(403);
    const whatIf = '/advice/persons/P1/what-if?scheme=310&year=2026&pack=HN-EMP-2023';
    expect((await get(whatIf, clerk('430200'))).body).toEqual([]);
    expect((await get(whatIf, clerk('430100', []))).status).toBe(403);
  });
});
