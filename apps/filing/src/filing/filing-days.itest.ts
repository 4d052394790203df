import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atShanghai, Clock } from '#shared/clock';
import type { OperatorClock } from '#shared/clock';
import { filingChanged } from '#shared/contracts';
import type { RestTestService } from '#shared/testing';
import { active, clerk, Desk, materials, startFiling } from '../testing/people.js';
import type { Filing } from './filing.js';

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
});
afterAll(() => service.stop());

const committed = { materials: ['credential', 'filing-form', 'commitment'] };

/** What was said about a filing, as a list of its statuses. */
const told = async (filingNo: string): Promise<string[]> =>
  (await service.published(filingChanged.topic))
    .map(({ payload }) => payload as Filing)
    .filter((payload) => payload.filingNo === filingNo)
    .map(({ status }) => status);

const obligations = async (kind: string): Promise<{ subject: string; state: string; dueOn: string }[]> =>
  (
    await service.call<{ subject: string; state: string; dueOn: string }[]>({
      method: 'GET',
      path: `/obligations?kind=${kind}`,
      as: clerk('430100'),
    })
  ).body;

describe('commitments', () => {
  it('[H22 P2.5 A2] not kept within six months, the person is unfiled from the day after, and the others are told', async () => {
    await service.moveTo('2026-03-02');
    const filed = await desk.filed(await desk.person(), 'long-term-resident', '110000', committed);
    expect(filed).toMatchObject({ status: 'effective', commitmentDueOn: '2026-09-02' });
    await service.moveTo('2026-09-02');
    expect((await desk.look(filed.filingNo)).status).toBe('effective');
    await service.moveTo('2026-09-03');
    expect(await desk.look(filed.filingNo)).toMatchObject({ status: 'unfiled', closedOn: '2026-09-03' });
    expect(await told(filed.filingNo)).toEqual(['effective', 'unfiled']);
  });

  it('[H22 H16] whoever moves on a commitment takes its last day along; a move does not begin the six months anew', async () => {
    await service.moveTo('2026-09-04');
    const filed = await desk.filed(await desk.person(), 'long-term-resident', '110000', committed);
    await service.moveTo('2026-09-28');
    const moved = (await desk.act(filed.filingNo, 'change', { destination: '310000' })).body;
    expect([filed.commitmentDueOn, moved.commitmentDueOn]).toEqual(['2027-03-04', '2027-03-04']);
    const reminders = (await obligations('remind-commitment-first')).filter(({ subject }) =>
      [filed.filingNo, moved.filingNo].includes(subject),
    );
    expect(reminders.map(({ state, dueOn }) => [state, dueOn])).toEqual([
      ['withdrawn', '2027-02-02'],
      ['open', '2027-02-02'],
    ]);
  });

  it('[H22] reminders are due 30 and 7 days before the end, overdue on the day after, met when they were given', async () => {
    await service.moveTo('2026-10-01');
    const { filingNo } = await desk.filed(await desk.person(), 'posted-worker', '110000', committed);
    const seen = async (): Promise<unknown[]> =>
      [...(await obligations('remind-commitment-first')), ...(await obligations('remind-commitment-last'))]
        .filter(({ subject }) => subject === filingNo)
        .map(({ state, dueOn }) => [dueOn, state]);
    await service.moveTo('2027-03-02');
    expect(await seen()).toEqual([
      ['2027-03-02', 'open'],
      ['2027-03-25', 'open'],
    ]);
    expect((await desk.act(filingNo, 'reminders', { which: 'first' })).status).toBe(200);
    await service.moveTo('2027-03-26');
    expect(await seen()).toEqual([
      ['2027-03-02', 'met'],
      ['2027-03-25', 'overdue'],
    ]);
  });

  it('[H22 P2.5] the proof ends the commitment: nothing lapses, both ends are open, the reminders are withdrawn', async () => {
    await service.moveTo('2027-04-01');
    const { filingNo } = await desk.filed(await desk.person(), 'long-term-resident', '110000', committed);
    const progress = async (): Promise<Record<string, unknown>> =>
      (await service.call({ method: 'GET', path: `/filings/${filingNo}/progress`, as: clerk('430100') })).body;
    expect(await progress()).toMatchObject({ missing: ['居住证明或个人承诺书'], missingUntil: '2027-10-01' });
    expect(await desk.act(filingNo, 'materials', { materials: ['labour-contract'] })).toMatchObject({ status: 422 });
    expect((await desk.act(filingNo, 'materials', { materials: ['residence-proof'] })).body).toMatchObject({
      status: 'effective',
      commitmentDueOn: null,
    });
    expect(await progress()).toMatchObject({ missing: [], missingUntil: null });
    await service.moveTo('2027-10-02');
    expect((await desk.look(filingNo)).status).toBe('effective');
    const left = (await obligations('remind-commitment-first')).find(({ subject }) => subject === filingNo);
    expect(left?.state).toBe('withdrawn');
  });
});

describe('filings follow the insured status', () => {
  it('[N13 H16] paused, resumed and ended; each at once and told in order', async () => {
    await service.moveTo('2027-11-01');
    const no = await desk.person();
    const { filingNo } = await desk.filed(no, 'long-term-resident', '110000');
    await desk.status(no, 'suspended', '2027-11-01');
    await desk.status(no, 'suspended', '2027-11-01');
    await service.moveTo('2027-11-05');
    await desk.status(no, 'active', '2027-11-05');
    await service.moveTo('2027-11-20');
    await desk.status(no, 'moved', '2027-11-15');
    expect(await told(filingNo)).toEqual(['effective', 'suspended', 'effective', 'ended']);
    expect(await desk.look(filingNo)).toMatchObject({ status: 'ended', validTo: '2027-11-14', closedOn: '2027-11-20' });
    const versions = (await service.published())
      .filter(({ aggregateId }) => aggregateId === no)
      .map(({ aggregateVersion }) => aggregateVersion);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  it('[N13 H16] a status that turns on a date turns the filing on that day, without any message', async () => {
    await service.moveTo('2027-12-01');
    const no = await desk.person({ insurances: [active('2020-01-01', { to: '2027-12-31' })] });
    const { filingNo } = await desk.filed(no, 'other-temporary', '110000');
    await desk.status(no, 'suspended', '2027-12-10');
    expect((await desk.look(filingNo)).status).toBe('effective');
    await service.moveTo('2027-12-10');
    expect((await desk.look(filingNo)).status).toBe('suspended');
    await service.moveTo('2028-01-01');
    expect(await desk.look(filingNo)).toMatchObject({ status: 'ended', validTo: '2027-12-31' });
  });

  it('[N7] nobody who is not insured today can file', async () => {
    const no = await desk.person({ insurances: [active('2020-01-01', { status: 'suspended' })] });
    expect(await desk.file(no, 'referral', '110000')).toMatchObject({ status: 422, body: { code: 'NOT_INSURED' } });
  });
});

describe('overlaps as the desk sees them', () => {
  it('[H21 P2.5 N13] a referral stands beside the long-term filing and the same place twice is refused', async () => {
    const no = await desk.person();
    await desk.filed(no, 'long-term-resident', '110000');
    expect(await desk.file(no, 'other-temporary', '110105')).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_FILED' },
    });
    expect(await desk.file(no, 'posted-worker', '310000')).toMatchObject({
      status: 409,
      body: { code: 'MOVE_INSTEAD' },
    });
    expect((await desk.filed(no, 'referral', '310000')).status).toBe('effective');
  });

  it('[N13] an application that waits replaces the standing filing when it is approved, not before', async () => {
    const no = await desk.person();
    const standing = await desk.filed(no, 'other-temporary', '110000');
    const body = { personNo: no, category: 'long-term-resident', destination: '110000', channel: 'national-app' };
    const waiting = await service.call<Filing>({
      method: 'POST',
      path: '/filings',
      as: { agency: '000000', level: 'nation', roles: ['filing.apply', 'filing.channel.national-app'], subject: 'app' },
      body: { ...body, materials: materials['long-term-resident'] },
    });
    expect(await desk.file(no, 'referral', '110000')).toMatchObject({ body: { code: 'ALREADY_APPLIED' } });
    expect((await desk.look(standing.filingNo)).status).toBe('effective');
    await desk.act(waiting.body.filingNo, 'decision', { decision: 'approve' });
    expect((await desk.look(standing.filingNo)).status).toBe('replaced');
  });
});

describe('the minutes between midnight and the day’s job', () => {
  it('[H22 N10] what is over is not revived before the job has closed it: neither by proof nor by an extension', async () => {
    await service.moveTo('2028-02-01');
    const long = await desk.filed(await desk.person(), 'long-term-resident', '110000', committed);
    const short = await desk.filed(await desk.person(), 'other-temporary', '110000');
    expect([long.commitmentDueOn, short.validTo]).toEqual(['2028-08-01', '2028-08-01']);
    const clock = service.app.get<Clock, OperatorClock>(Clock);
    const tried = async (): Promise<number[]> => [
      (await desk.act(short.filingNo, 'extension')).status,
      (await desk.act(long.filingNo, 'materials', { materials: ['residence-proof'] })).status,
    ];
    clock.set(atShanghai('2028-08-02', '00:01'));
    expect(await tried()).toEqual([409, 409]);
    clock.set(atShanghai('2028-08-01', '23:59'));
    expect(await tried()).toEqual([200, 200]);
  });
});
