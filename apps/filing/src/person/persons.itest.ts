import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import type { RestTestService } from '#shared/testing';
import type { Filing } from '../filing/filing.js';
import type { Qualification } from '../qualification/qualification.js';
import {
  auditor,
  channelClient,
  clerk,
  Desk,
  identityNumber,
  materials,
  personBody,
  personNo,
  startFiling,
  withCheckDigit,
} from '../testing/people.js';

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

const put = (no: string, body: object, agency = '430100') =>
  service.call({ method: 'PUT', path: `/persons/${no}`, as: clerk(agency), body });
const get = (path: string, as = clerk('430100')) => service.call({ method: 'GET', path, as });
const post = <T = Record<string, unknown>>(path: string, body: object, as = clerk('430100')) =>
  service.call<T>({ method: 'POST', path, as, body });

describe('persons', () => {
  it('[N13] the same content again changes nothing and says nothing', async () => {
    const no = await desk.person();
    const before = (await service.published(insuredPersonChanged.topic)).length;
    expect((await put(no, personBody(21))).body).toMatchObject({ version: 1 });
    expect((await service.published(insuredPersonChanged.topic)).length).toBe(before);
  });

  it('[N16] documents of every kind are accepted, a wrong check digit or birthday is not', async () => {
    const permit = { certificateType: '17', identityNumber: withCheckDigit('81000019800506123') };
    expect((await put(personNo(900), personBody(0, permit))).status).toBe(200);
    expect(
      (await put(personNo(901), personBody(0, { certificateType: '07', identityNumber: 'CHN310080050612' }))).status,
    ).toBe(200);
    const wrong = await put(personNo(902), personBody(0, { identityNumber: '430102198005061234' }));
    expect(wrong).toMatchObject({ status: 422, body: { code: 'IDENTITY_NUMBER_INVALID' } });
  });

  it('[P5.3 N16] the number is never in an answer, a message or the table as it is; the hash is in no answer', async () => {
    const no = await desk.person();
    const seen = await get(`/persons/${no}`);
    expect(seen.body['identityNumber']).toMatch(/^999\*{11}[\dX]{4}$/);
    const number = (await post(`/persons/${no}/identity-number`, { reason: '测试' })).body['identityNumber'] as string;
    const rows = await service.database.source.query<{ all: string }[]>(`select p::text as all from insured_person p`);
    const everything = JSON.stringify([seen.body, await service.published(), rows]);
    expect(everything).not.toContain(number);
    expect(JSON.stringify(seen.body)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('[P5.3] showing a number needs role and reason, and leaves a trace that the auditor reads', async () => {
    const no = await desk.person();
    const path = `/persons/${no}/identity-number`;
    expect((await post(path, {})).status).toBe(400);
    expect((await post(path, { reason: '核对' }, { ...clerk('430100'), roles: ['filing.read'] })).status).toBe(403);
    expect((await post(path, { reason: '核对' }, clerk('430200'))).status).toBe(404);
    expect((await post(path, { reason: '核对证件' })).status).toBe(200);
    const log = await get(`/access-log?personNo=${no}`, auditor('430100'));
    expect(log.body).toEqual([
      expect.objectContaining({ kind: 'reveal', reason: '核对证件', actor: 'clerk-430100', personNo: no }),
    ]);
    expect((await get(`/access-log?personNo=${no}`, auditor('430200'))).body).toEqual([]);
  });

  it('[N13] insured in two places: both numbers live, and each registration says so', async () => {
    const number = { identityNumber: identityNumber(777) };
    expect((await put(personNo(910), personBody(0, number))).body).toMatchObject({ alsoIn: [] });
    const second = personBody(0, { ...number, homeArea: '430200' });
    expect((await put(personNo(910, '430200'), second, '430200')).body).toMatchObject({ alsoIn: ['430100'] });
    expect(await put(personNo(911), personBody(0, number))).toMatchObject({ status: 409 });
    expect(await put(personNo(910, '430200'), personBody(0, number))).toMatchObject({
      body: { code: 'PERSON_OF_OTHER_AREA' },
    });
  });

  it('[N13] merged numbers: the one that goes on takes over filings and qualifications, the other points to it', async () => {
    const [old, going] = [await desk.person(), await desk.person()];
    const filed = await desk.filed(old, 'long-term-resident', '110000');
    const { body: asked } = await post<Qualification>('/qualifications', { personNo: old, diseaseCode: 'M03900' });
    await post(`/qualifications/${asked.qualificationNo}/steps`, { event: 'approve' });
    expect((await post(`/persons/${old}/merge`, { into: going })).body).toEqual({ personNo: old, mergedInto: going });
    const kept = (await get(`/filings?personNo=${going}`)).body as unknown as Filing[];
    expect(kept).toEqual([
      expect.objectContaining({ replaces: filed.filingNo, status: 'effective', validFrom: filed.validFrom }),
    ]);
    expect(await desk.look(filed.filingNo)).toMatchObject({ status: 'replaced' });
    const granted = (await get(`/qualifications?personNo=${going}`)).body as unknown as Qualification[];
    expect(granted.map(({ status, diseaseCode }) => [status, diseaseCode])).toEqual([['effective', 'M03900']]);
    expect(await desk.file(old, 'referral', '310000')).toMatchObject({ body: { code: 'PERSON_MERGED' } });
    const other = await desk.person({ name: '另一人' });
    expect(await post(`/persons/${other}/merge`, { into: going })).toMatchObject({
      body: { code: 'MERGE_IMPOSSIBLE' },
    });
  });

  it('[N13] a merge answers what is asked for under the other number, and the better of two filings goes on', async () => {
    const [old, going] = [await desk.person(), await desk.person()];
    const granted = await post<Qualification>('/qualifications', { personNo: old, diseaseCode: 'M03900' });
    await post(`/qualifications/${granted.body.qualificationNo}/steps`, { event: 'approve' });
    const asked = await post<Qualification>('/qualifications', { personNo: going, diseaseCode: 'M03900' });
    await desk.filed(old, 'long-term-resident', '110000');
    const weaker = await desk.filed(going, 'other-temporary', '110000');
    expect((await post(`/persons/${old}/merge`, { into: going })).status).toBe(200);
    const now = (await get(`/qualifications?personNo=${going}`)).body as unknown as Qualification[];
    expect(now).toEqual([
      expect.objectContaining({ qualificationNo: asked.body.qualificationNo, status: 'effective' }),
    ]);
    expect(await desk.look(weaker.filingNo)).toMatchObject({ status: 'replaced' });
    const filings = (await get(`/filings?personNo=${going}&status=effective`)).body as unknown as Filing[];
    expect(filings.map(({ category }) => category)).toEqual(['long-term-resident']);
  });
});

describe('what still waits when numbers are merged', () => {
  it('[N13 N9] waits on under the number that goes on, with the same last day; under the other one nothing can be decided', async () => {
    const [old, going] = [await desk.person(), await desk.person()];
    const as = channelClient('filing.channel.national-app');
    const body = { personNo: old, category: 'other-temporary', destination: '110000', channel: 'national-app' };
    const applied = await post<Filing>('/filings', { ...body, materials: materials['other-temporary'] }, as);
    const { body: asked } = await post<Qualification>('/qualifications', { personNo: old, diseaseCode: 'M03900' });
    expect((await post(`/persons/${old}/merge`, { into: going })).status).toBe(200);
    expect(await desk.look(applied.body.filingNo)).toMatchObject({ status: 'cancelled', dueOn: null });
    const [waiting] = (await get(`/filings?personNo=${going}`)).body as unknown as Filing[];
    expect(waiting).toMatchObject({ status: 'applied', kind: 'new', replaces: null, dueOn: applied.body.dueOn });
    const duties = (await get('/obligations?kind=decide-filing')).body as unknown as {
      subject: string;
      state: string;
    }[];
    const stateOf = (no?: string) => duties.find(({ subject }) => subject === no)?.state;
    expect([stateOf(applied.body.filingNo), stateOf(waiting?.filingNo)]).toEqual(['withdrawn', 'open']);
    expect((await desk.act(waiting?.filingNo ?? '', 'decision', { decision: 'approve' })).status).toBe(200);
    expect(await post(`/qualifications/${asked.qualificationNo}/steps`, { event: 'approve' })).toMatchObject({
      status: 409,
    });
    const wanted = (await get(`/qualifications?personNo=${going}`)).body as unknown as Qualification[];
    expect(wanted.map(({ status, diseaseCode }) => [status, diseaseCode])).toEqual([['applied', 'M03900']]);
  });
});

describe('qualifications', () => {
  it('[N13 H16 H18] applied for, granted, ended; only what was granted is published, and at once', async () => {
    const no = await desk.person();
    const before = (await service.published(qualificationChanged.topic)).length;
    const { body } = await post<Qualification>('/qualifications', { personNo: no, diseaseCode: 'M01600' });
    const published = async () =>
      (await service.published(qualificationChanged.topic)).slice(before).map(({ payload }) => payload);
    expect([body.status, (await published()).length]).toEqual(['applied', 0]);
    await post(`/qualifications/${body.qualificationNo}/steps`, {
      event: 'approve',
      from: '2026-03-01',
      to: '2028-02-29',
    });
    await post(`/qualifications/${body.qualificationNo}/steps`, { event: 'end', to: '2026-03-02' });
    expect(await published()).toMatchObject([
      { status: 'effective', from: '2026-03-01', to: '2028-02-29' },
      { status: 'ended', to: '2026-03-02' },
    ]);
  });

  it('[N13 H18] refused without a reason it is not; a second one for the disease, or an unknown disease, is refused', async () => {
    const no = await desk.person();
    const { body } = await post<Qualification>('/qualifications', { personNo: no, diseaseCode: 'M01600' });
    const step = `/qualifications/${body.qualificationNo}/steps`;
    expect(await post('/qualifications', { personNo: no, diseaseCode: 'M01600' })).toMatchObject({ status: 409 });
    expect(await post('/qualifications', { personNo: no, diseaseCode: 'M99999' })).toMatchObject({
      body: { code: 'DISEASE_NOT_COVERED' },
    });
    expect(await post(step, { event: 'reject' })).toMatchObject({ body: { code: 'REASON_MISSING' } });
    expect(await post(step, { event: 'reject', reason: '资料不符' })).toMatchObject({ body: { status: 'rejected' } });
    expect(await post(step, { event: 'approve' })).toMatchObject({ status: 409 });
  });
});

describe('the term of a qualification', () => {
  it('[N13 H16] its last day is good, on the day after it has ended and may be applied for anew', async () => {
    const no = await desk.person();
    const ask = () => post<Qualification>('/qualifications', { personNo: no, diseaseCode: 'M01600' });
    const { qualificationNo } = (await ask()).body;
    const step = (body: object) => post<Qualification>(`/qualifications/${qualificationNo}/steps`, body);
    const backwards = { event: 'approve', from: '2026-03-02', to: '2026-03-01' };
    expect(await step(backwards)).toMatchObject({ status: 422, body: { code: 'QUALIFICATION_TERM_IMPOSSIBLE' } });
    expect((await step({ event: 'approve', to: '2026-03-31' })).status).toBe(200);
    expect(await step({ event: 'end', to: '2026-04-01' })).toMatchObject({
      body: { code: 'QUALIFICATION_TERM_IMPOSSIBLE' },
    });
    await service.moveTo('2026-03-31');
    expect((await ask()).status).toBe(409);
    await service.moveTo('2026-04-01');
    const [ended] = (await get(`/qualifications?personNo=${no}`)).body as unknown as Qualification[];
    expect(ended).toMatchObject({ status: 'ended', to: '2026-03-31' });
    expect((await ask()).status).toBe(201);
  });
});

describe('what the treatment side sees', () => {
  it('[N13 H16 N57] with the document before it: filings that cover its place, granted qualifications, no address; logged', async () => {
    const no = await desk.person();
    const contact = { phone1: '13900000000', homeAddress: '长沙某街' };
    await desk.filed(no, 'referral', '310000', { contact });
    await desk.filed(no, 'other-temporary', '440100');
    const certificateNo = (await post(`/persons/${no}/identity-number`, { reason: '测试' })).body['identityNumber'];
    const ask = (name: string) =>
      post<{ filings: Filing[] }>('/visit-queries', { certificateNo, name }, clerk('310000'));
    expect((await ask('别人')).status).toBe(404);
    const seen = (await ask('测试人')).body;
    expect(seen.filings.map(({ destination, contact: shown }) => [destination, shown.phone1])).toEqual([
      ['310000', null],
    ]);
    const log = (await get(`/access-log?personNo=${no}`, auditor('430100'))).body as unknown as {
      kind: string;
      agency: string;
    }[];
    expect(log.map(({ kind, agency }) => [kind, agency])).toEqual([
      ['visit', '310000'],
      ['reveal', '430100'],
    ]);
  });
});
