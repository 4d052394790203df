import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { xlsxRows } from '#shared/sheets';
import type { RestTestService } from '#shared/testing';
import type { Filing } from '../filing/filing.js';
import { channelClient, clerk, Desk, materials, startFiling } from '../testing/people.js';

let service: RestTestService;
let desk: Desk;
let long: Filing;
let late: Filing;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
  long = await desk.filed(await desk.person(), 'long-term-resident', '110000', {
    materials: ['credential', 'filing-form', 'commitment'],
  });
  await desk.filed(await desk.person(), 'long-term-resident', '110000');
  await new Desk(service, '430200').filed(await new Desk(service, '430200').person(), 'referral', '310000');
  const body = {
    personNo: await desk.person(),
    category: 'other-temporary',
    destination: '310000',
    channel: 'mini-program',
  };
  const as = channelClient('filing.channel.mini-program');
  late = (
    await service.call<Filing>({
      method: 'POST',
      path: '/filings',
      as,
      body: { ...body, materials: materials['other-temporary'] },
    })
  ).body;
  await service.moveTo('2026-03-06');
  await desk.act(late.filingNo, 'decision', { decision: 'reject', reason: '材料不符' });
});
afterAll(() => service.stop());

const get = <T = object[]>(path: string, agency = '430100') =>
  service.call<T>({ method: 'GET', path, as: clerk(agency) });

describe('queries', () => {
  it('[N13 H16] counted by area, month, category and channel; what was late is seen; a province sees its areas', async () => {
    const path = '/statistics/filings?from=2026-03-01&to=2026-03-31';
    expect((await get(path)).body).toMatchObject([
      {
        category: 'long-term-resident',
        channel: 'counter',
        month: '2026-03',
        applied: 2,
        effective: 2,
        onCommitment: 1,
        late: 0,
      },
      { category: 'other-temporary', channel: 'mini-program', applied: 1, effective: 0, rejected: 1, late: 1 },
    ]);
    expect((await get<{ homeArea: string }[]>(path, '430000')).body.map(({ homeArea }) => homeArea)).toContain(
      '430200',
    );
    expect((await get(path, '440300')).body).toEqual([]);
    expect(await get('/statistics/filings?from=2026-02-30&to=x')).toMatchObject({ status: 400 });
  });

  it('[N13] the same as a workbook with Chinese titles', async () => {
    const book = await get('/statistics/filings.xlsx?from=2026-03-01&to=2026-03-31');
    const [titles, first] = await xlsxRows(book.bytes);
    expect([titles?.[3], first?.slice(0, 7)]).toEqual([
      '人员类别',
      ['长沙', '430100', '2026-03', '异地长期居住人员', '经办窗口', '2', '2'],
    ]);
  });

  it('[N57 H16] a treatment area reads what was decided for it, nothing that waits or was refused', async () => {
    const seen = (await get<Filing[]>('/filings', '310000')).body;
    expect(seen.map(({ homeArea, status }) => [homeArea, status])).toEqual([['430200', 'effective']]);
    expect((await get(`/filings/${late.filingNo}`, '310000')).status).toBe(404);
    expect((await get(`/filings/${seen[0]?.filingNo ?? ''}/history`, '310000')).status).toBe(404);
  });

  it('[P3.1 N11] the opened areas are public, each area says for itself', async () => {
    const body = { inpatient: true, outpatient: true, chronic: false };
    await service.call({ method: 'PUT', path: '/opened-areas', as: clerk('430100'), body });
    expect((await service.call({ method: 'GET', path: '/opened-areas' })).body).toEqual([
      { area: '430100', name: '长沙', ...body, openedOn: '2026-03-06' },
    ]);
    const diseases = await service.call<object[]>({ method: 'GET', path: '/chronic-diseases?area=430100' });
    expect(diseases.body).toContainEqual({ code: 'M03900', name: '高血压' });
  });

  it('[N65 H85 A2] each side has its own archive; nothing in it can be removed before or after its term', async () => {
    await desk.act(long.filingNo, 'cancellation', { reason: '本人申请' });
    const home = (await get<{ filingNo: string }[]>('/archives?side=home')).body;
    expect(home.find(({ filingNo }) => filingNo === long.filingNo)).toMatchObject({
      closedOn: '2026-03-06',
      keepUntil: '2036-03-06',
    });
    const treatment = (await get<{ filingNo: string }[]>('/archives?side=treatment', '110000')).body;
    expect(treatment.map(({ filingNo }) => filingNo)).toContain(long.filingNo);
    expect((await get('/archives?side=treatment')).body).toEqual([]);
    for (const sql of ['delete from filing_event', `update filing_event set actor = 'x'`])
      await expect(service.database.transaction((tx) => tx.query(sql))).rejects.toThrow(/never changed or removed/);
  });
});
