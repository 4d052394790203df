import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RestTestService, TestCaller } from '#shared/testing';
import { channelClient, clerk, Desk, hospital, materials, startFiling } from '../testing/people.js';
import type { Filing } from './filing.js';

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

describe('filing at the counter', () => {
  it.each(Object.keys(materials))(
    '[N7 P2.2 H7 N9] %s is filed at the counter and in force at once',
    async (category) => {
      const filed = await desk.filed(await desk.person(), category, '110000');
      expect(filed).toMatchObject({ status: 'effective', category, validFrom: '2026-03-02', kind: 'new' });
    },
  );

  it('[N7 N8(5) H9(5)] a category that nobody knows is refused, an emergency is told that it needs no filing', async () => {
    const no = await desk.person();
    expect(await desk.file(no, 'tourist', '110000')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    expect(await desk.file(no, 'emergency', '110000')).toMatchObject({
      status: 422,
      body: { code: 'EMERGENCY_NEEDS_NO_FILING' },
    });
  });

  it('[N8 H9] a missing material is named in words', async () => {
    const answer = await desk.file(await desk.person(), 'referral', '310000', {
      materials: ['credential', 'filing-form'],
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'MATERIAL_MISSING' } });
    expect((answer.body as unknown as { message: string }).message).toContain('转诊转院证明材料');
  });

  it('[N11 H15] Haikou is filed as Hainan, Wuchang as Wuhan, and the own pool is not away', async () => {
    expect((await desk.filed(await desk.person(), 'referral', '460100')).destination).toBe('460000');
    expect((await desk.filed(await desk.person(), 'referral', '420106')).destination).toBe('420100');
    expect(await desk.file(await desk.person(), 'referral', '430121')).toMatchObject({
      body: { code: 'DESTINATION_NOT_AWAY' },
    });
  });

  it('[H16 N13] an address is amended in place and every state stays in the history', async () => {
    const { filingNo } = await desk.filed(await desk.person(), 'long-term-resident', '110000', {
      contact: { phone1: '13800000000' },
    });
    const amended = await desk.act(filingNo, 'change', { contact: { awayAddress: '北京市某街 1 号' } });
    expect(amended.body).toMatchObject({
      filingNo,
      contact: { phone1: '13800000000', awayAddress: '北京市某街 1 号' },
    });
    const history = await service.call<{ event: string; content: Filing }[]>({
      method: 'GET',
      path: `/filings/${filingNo}/history`,
      as: clerk('430100'),
    });
    expect(history.body.map(({ event, content }) => [event, content.contact.awayAddress])).toEqual([
      ['apply', null],
      ['amend', '北京市某街 1 号'],
    ]);
  });

  it('[H16 N13] a move closes the old filing yesterday and opens a new one of the kind 变更', async () => {
    await service.moveTo('2026-03-03');
    const old = await desk.filed(await desk.person(), 'long-term-resident', '110000');
    await service.moveTo('2026-04-10');
    const moved = await desk.act(old.filingNo, 'change', { destination: '310000' });
    expect(moved.body).toMatchObject({
      kind: 'change',
      replaces: old.filingNo,
      destination: '310000',
      status: 'effective',
    });
    expect(await desk.look(old.filingNo)).toMatchObject({ status: 'replaced', validTo: '2026-04-09' });
    expect(await desk.act(old.filingNo, 'change', { destination: '440100' })).toMatchObject({ status: 409 });
  });

  it('[N10 H13] a temporary filing is extended to a full term from today; a long-term one needs none', async () => {
    const filed = await desk.filed(await desk.person(), 'other-temporary', '110000');
    await service.moveTo('2026-08-31');
    expect((await desk.act(filed.filingNo, 'extension')).body).toMatchObject({ validTo: '2027-02-28' });
    const long = await desk.filed(await desk.person(), 'posted-worker', '110000');
    expect(await desk.act(long.filingNo, 'extension')).toMatchObject({ body: { code: 'EXTENSION_NOT_NEEDED' } });
  });

  it('[N10 H13] the last day of a temporary filing is good, on the day after it is expired', async () => {
    const filed = await desk.filed(await desk.person(), 'other-temporary', '110000');
    const last = filed.validTo ?? '';
    await service.moveTo(last);
    expect((await desk.look(filed.filingNo)).status).toBe('effective');
    await service.moveTo('2027-03-01');
    expect(last).toBe('2027-02-28');
    expect((await desk.look(filed.filingNo)).status).toBe('expired');
  });

  it('[N13] a cancelled filing keeps the days until yesterday and cannot be cancelled twice', async () => {
    const filed = await desk.filed(await desk.person(), 'other-temporary', '110000');
    await service.moveTo('2027-03-11');
    expect((await desk.act(filed.filingNo, 'cancellation', { reason: '本人申请' })).body).toMatchObject({
      status: 'cancelled',
      validTo: '2027-03-10',
    });
    expect(await desk.act(filed.filingNo, 'cancellation', { reason: '本人申请' })).toMatchObject({
      status: 409,
      body: { code: 'WRONG_STATE' },
    });
  });

  it('[P3.2 H12] the same disease, or a second referral, needs no new proof; a made-up predecessor does not help', async () => {
    const no = await desk.person();
    const first = await desk.filed(no, 'referral', '110000');
    const bare = { materials: ['credential', 'filing-form'], continues: first.filingNo };
    const again = await desk.filed(no, 'referral', '110000', bare);
    expect(again).toMatchObject({ status: 'effective', continues: first.filingNo });
    expect((await desk.look(first.filingNo)).status).toBe('replaced');
    expect((await desk.filed(no, 'referral', '310000', bare)).status).toBe('effective');
    const made = { ...bare, continues: 'BA0' };
    expect(await desk.file(no, 'referral', '440100', made)).toMatchObject({ body: { code: 'NOTHING_TO_CONTINUE' } });
  });
});

describe('channels', () => {
  const app = channelClient('filing.channel.national-app');
  const viaApp = (no: string, more: object = {}) =>
    service.call<Filing>({
      method: 'POST',
      path: '/filings',
      as: app,
      body: {
        ...{ personNo: no, category: 'other-temporary', destination: '110000', channel: 'national-app' },
        ...{ materials: materials['other-temporary'], ...more },
      },
    });

  it('[N9 H10 P3.1] online, it waits two working days; the obligation is met by the decision', async () => {
    await service.moveTo('2027-03-12');
    const filed = (await viaApp(await desk.person())).body;
    expect(filed).toMatchObject({ status: 'applied', dueOn: '2027-03-16', validFrom: null });
    await service.moveTo('2027-03-15');
    const decided = await desk.act(filed.filingNo, 'decision', { decision: 'approve' });
    expect(decided.body).toMatchObject({ status: 'effective', validFrom: '2027-03-12', validTo: '2027-09-12' });
    const obligations = await service.call<{ subject: string; state: string }[]>({
      method: 'GET',
      path: '/obligations?kind=decide-filing',
      as: clerk('430100'),
    });
    expect(obligations.body.find(({ subject }) => subject === filed.filingNo)?.state).toBe('met');
  });

  it('[N9] an undecided application becomes overdue on the day after, never silently', async () => {
    const filed = (await viaApp(await desk.person())).body;
    expect(filed.dueOn).toBe('2027-03-17');
    const stateOn = async (day: string): Promise<string | undefined> => {
      await service.moveTo(day);
      const path = '/obligations?kind=decide-filing';
      const found = await service.call<{ subject: string; state: string }[]>({
        method: 'GET',
        path,
        as: clerk('430100'),
      });
      return found.body.find(({ subject }) => subject === filed.filingNo)?.state;
    };
    expect([await stateOn('2027-03-17'), await stateOn('2027-03-18')]).toEqual(['open', 'overdue']);
  });

  it('[N9] a refusal needs a reason, and the reason is shown to the applicant', async () => {
    const { filingNo } = (await viaApp(await desk.person())).body;
    expect(await desk.act(filingNo, 'decision', { decision: 'reject' })).toMatchObject({
      body: { code: 'REASON_MISSING' },
    });
    await desk.act(filingNo, 'decision', { decision: 'reject', reason: '人员类别不符' });
    const progress = await service.call({ method: 'GET', path: `/filings/${filingNo}/progress`, as: app });
    expect(progress.body).toMatchObject({ status: 'rejected', opens: 'nothing' });
    expect(progress.body['next']).toContain('人员类别不符');
  });

  it('[N9 H17] the applicant sees in any client where his filing stands, whichever way it came; agents only for their list', async () => {
    const filed = await desk.filed(await desk.person(), 'referral', '110000');
    const look = async (as: TestCaller) =>
      (await service.call({ method: 'GET', path: `/filings/${filed.filingNo}/progress`, as })).status;
    const agent = { agency: '430100', level: 'area', roles: ['filing.apply', 'filing.channel.agent'] } as const;
    expect([
      await look(app),
      await look(channelClient('filing.channel.provincial', '430000')),
      await look(channelClient('filing.channel.provincial', '440000')),
      await look({ ...agent, subject: 'village-0' }),
      await look(clerk('430200')),
    ]).toEqual([200, 200, 404, 404, 404]);
    const home = await service.call({
      method: 'GET',
      path: `/filing-options?personNo=${filed.personNo}&destination=430121`,
      as: app,
    });
    expect(home).toMatchObject({ status: 422, body: { code: 'DESTINATION_NOT_AWAY' } });
  });

  it('[N9] two officers decide at once: one wins, the other is told', async () => {
    const { filingNo } = (await viaApp(await desk.person())).body;
    const decide = (name: string, body: object) =>
      service.call<Filing>({ method: 'POST', path: `/filings/${filingNo}/decision`, as: clerk('430100', name), body });
    const both = await Promise.all([
      decide('one', { decision: 'approve' }),
      decide('two', { decision: 'reject', reason: '材料不符' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.body;
    expect((await desk.look(filingNo)).status).toBe(winner?.status);
  });

  it('[N9 H10] every channel has its own credential and its own field', async () => {
    const no = await desk.person();
    expect(await viaApp(no, { channel: 'mini-program' })).toMatchObject({
      status: 403,
      body: { code: 'CHANNEL_NOT_YOURS' },
    });
    expect(await viaApp(no, { channel: 'counter' })).toMatchObject({ status: 403 });
    expect(await viaApp(no, { destination: '430200' })).toMatchObject({
      body: { code: 'CHANNEL_CROSS_PROVINCE_ONLY' },
    });
    const provincial = (agency: string) =>
      service.call({
        method: 'POST',
        path: '/filings',
        as: channelClient('filing.channel.provincial', agency),
        body: {
          ...{ personNo: no, category: 'other-temporary', destination: '430200', channel: 'provincial-app' },
          materials: materials['other-temporary'],
        },
      });
    expect(await provincial('440000')).toMatchObject({ status: 404 });
    expect(await provincial('430000')).toMatchObject({ status: 201, body: { status: 'applied' } });
  });

  it('[N9] self-service takes effect at once where the home area opened it, and is refused elsewhere', async () => {
    expect(await viaApp(await desk.person(), { channel: 'self-service' })).toMatchObject({
      body: { code: 'SELF_SERVICE_OFF' },
    });
    const open = new Desk(service, '430200');
    const filed = await viaApp(await open.person(), { channel: 'self-service' });
    expect(filed.body).toMatchObject({ status: 'effective', dueOn: null });
  });

  it('[H11] an agent files long-term for the persons on its list, nobody else, until it is dismissed', async () => {
    const village = {
      agency: '430100',
      level: 'area',
      roles: ['filing.apply', 'filing.channel.agent'],
      subject: 'village-1',
    } as const;
    const [mine, other] = [await desk.person(), await desk.person()];
    const put = (path: string, body: object) => service.call({ method: 'PUT', path, as: clerk('430100'), body });
    await put('/agents/village-1', { kind: 'village', name: '示例村' });
    expect((await put('/agents/village-1/persons', { personNos: [mine, 'nobody'] })).body).toMatchObject({ kept: 1 });
    const apply = (no: string, category: string) =>
      service.call({
        method: 'POST',
        path: '/filings',
        as: village,
        body: { personNo: no, category, destination: '110000', channel: 'agent', materials: materials[category] },
      });
    expect(await apply(other, 'long-term-resident')).toMatchObject({ body: { code: 'AGENT_NOT_FOR_PERSON' } });
    expect(await apply(mine, 'referral')).toMatchObject({ body: { code: 'AGENT_LONG_TERM_ONLY' } });
    expect(await apply(mine, 'long-term-resident')).toMatchObject({
      status: 201,
      body: { status: 'applied', agentId: 'village-1' },
    });
    await service.call({ method: 'DELETE', path: '/agents/village-1', as: clerk('430100') });
    expect(await apply(mine, 'long-term-resident')).toMatchObject({ body: { code: 'AGENT_NOT_FOR_PERSON' } });
  });

  it('[H11] a county decides for its people when the prefecture lets it, and only then', async () => {
    const no = await desk.person({ homeArea: '430121' });
    const county = clerk('430121');
    const apply = () =>
      service.call<Filing>({
        method: 'POST',
        path: '/filings',
        as: county,
        body: {
          personNo: no,
          category: 'referral',
          destination: '110000',
          channel: 'counter',
          materials: materials['referral'],
        },
      });
    expect(await apply()).toMatchObject({ status: 404 });
    const give = (agency: string) =>
      service.call({ method: 'PUT', path: '/county-mandates/430121', as: clerk(agency) });
    expect(await give('430200')).toMatchObject({ body: { code: 'NOT_A_COUNTY' } });
    expect(await give('430100')).toMatchObject({ status: 200 });
    const filed = await apply();
    expect(filed).toMatchObject({ status: 201, body: { county: '430121', homeArea: '430100' } });
    await service.call({ method: 'DELETE', path: '/county-mandates/430121', as: clerk('430100') });
    expect(await service.call({ method: 'GET', path: `/filings/${filed.body.filingNo}`, as: county })).toMatchObject({
      status: 404,
    });
  });

  it('[H9(4) H12] a hospital on the list refers at once without proof; off the list it may not', async () => {
    const code = 'H43010000301';
    const refer = async () =>
      service.call<Filing>({
        method: 'POST',
        path: '/referrals',
        as: hospital(code, '430100'),
        body: { personNo: await desk.person(), destination: '310000', diagnosis: '示例诊断' },
      });
    expect(await refer()).toMatchObject({ status: 403, body: { code: 'INSTITUTION_MAY_NOT_REFER' } });
    const body = { institutionCode: code, name: '示例医院', area: '430121' };
    await service.call({ method: 'POST', path: '/referral-institutions', as: clerk('430100'), body });
    expect(await refer()).toMatchObject({
      status: 201,
      body: { status: 'effective', materials: [], channel: 'one-stop' },
    });
    const list = await service.call<object[]>({ method: 'GET', path: '/referral-institutions?area=430100' });
    expect(list.body).toEqual([expect.objectContaining({ institutionCode: code, area: '430100' })]);
    await service.call({ method: 'POST', path: `/referral-institutions/${code}/withdrawal`, as: clerk('430100') });
    expect(await refer()).toMatchObject({ status: 403 });
    expect((await service.call({ method: 'GET', path: '/referral-institutions' })).body).toEqual([]);
  });

  it('[P2.6 H20] before choosing, the applicant sees what each way asks for, how long it is good and what it costs', async () => {
    const no = await desk.person();
    await desk.filed(no, 'other-temporary', '110000');
    const answer = await service.call<{ options: { category: string; cutPoints: number; meets: string | null }[] }>({
      method: 'GET',
      path: `/filing-options?personNo=${no}&destination=110000`,
      as: app,
    });
    expect(answer.body.options.map(({ category, cutPoints, meets }) => [category, cutPoints, meets])).toEqual([
      ['retired-resettled', 0, 'replaces'],
      ['long-term-resident', 0, 'replaces'],
      ['posted-worker', 0, 'replaces'],
      ['referral', 5, 'replaces'],
      ['other-temporary', 10, 'extend'],
      ['emergency', 5, null],
      ['unfiled', 10, null],
    ]);
  });
});

describe('supplementary filings', () => {
  it('[P2.4 H17 N16 H27] before the discharge they open direct settlement, after a self-paid one the reimbursement', async () => {
    await service.moveTo('2027-05-20');
    const opens = async (more: object): Promise<unknown> => {
      const filed = await desk.filed(await desk.person(), 'other-temporary', '110000', {
        supplementary: true,
        ...more,
      });
      const path = `/filings/${filed.filingNo}/progress`;
      const { body } = await service.call({ method: 'GET', path, as: clerk('430100') });
      return [body['opens'], filed.coversFrom];
    };
    expect(await opens({ admittedOn: '2027-05-18' })).toEqual(['direct-settlement', '2027-05-18']);
    expect(await opens({ admittedOn: '2027-05-10', dischargedOn: '2027-05-19' })).toEqual([
      'reimbursement',
      '2027-05-10',
    ]);
  });

  it('[H17] a discharge before the admission, or in the future, is refused', async () => {
    for (const more of [
      { admittedOn: '2027-05-19', dischargedOn: '2027-05-18' },
      { admittedOn: '2027-05-19', dischargedOn: '2027-05-21' },
    ])
      expect(
        await desk.file(await desk.person(), 'other-temporary', '110000', { supplementary: true, ...more }),
      ).toMatchObject({
        body: { code: 'SUPPLEMENT_DAYS_IMPOSSIBLE' },
      });
  });
});
