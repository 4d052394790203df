import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csvType } from '#shared/service';
import type { RestTestService, TestAnswer } from '#shared/testing';
import { batchColumns } from './batch/batch-row.js';
import { clerk, Desk, startFiling } from './testing/people.js';

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

const said = ({ status, body }: TestAnswer<unknown>) => [status, (body as { code?: string }).code];

describe('what filing refuses, in its own words', () => {
  it('[N7 H16] a change of an insurance that the person does not have', async () => {
    const no = await desk.person();
    const answer = await service.call({
      ...{ method: 'POST', path: `/persons/${no}/status-changes`, as: clerk('430100') },
      body: { scheme: '390', status: 'suspended', on: '2026-03-02' },
    });
    expect(said(answer)).toEqual([422, 'NO_INSURANCE_TO_CHANGE']);
  });

  it('[N12 H16] a second temporary filing to the same place: the first is extended instead', async () => {
    const no = await desk.person();
    const first = await desk.filed(no, 'other-temporary', '110000');
    const again = await desk.file(no, 'other-temporary', '110000');
    expect(said(again)).toEqual([409, 'EXTEND_INSTEAD']);
    expect((again.body as unknown as { message: string }).message).toContain(first.filingNo);
  });

  it('[N13 H16] a long-term filing does not become a temporary one by a change: it is filed anew', async () => {
    const { filingNo } = await desk.filed(await desk.person(), 'long-term-resident', '110000');
    expect(said(await desk.act(filingNo, 'change', { category: 'other-temporary' }))).toEqual([422, 'FILE_ANEW']);
  });

  it('[H22] proof and reminders for a filing that rests on no commitment', async () => {
    const { filingNo } = await desk.filed(await desk.person(), 'long-term-resident', '110000');
    expect(said(await desk.act(filingNo, 'materials', { materials: ['residence-proof'] }))).toEqual([
      409,
      'NO_COMMITMENT',
    ]);
    expect(said(await desk.act(filingNo, 'reminders', { which: 'first' }))).toEqual([409, 'NO_COMMITMENT']);
  });

  it('[N13 H16] a chronic disease is applied for once', async () => {
    const no = await desk.person();
    const apply = () =>
      service.call({
        ...{ method: 'POST', path: '/qualifications', as: clerk('430100') },
        body: { personNo: no, diseaseCode: 'M03900' },
      });
    expect((await apply()).status).toBe(201);
    expect(said(await apply())).toEqual([409, 'ALREADY_QUALIFIED']);
  });

  it('[H11] a list of 500 is taken, one of 501 is not', async () => {
    const send = (rows: number) => {
      const titles = batchColumns.join(',');
      const lines = Array.from({ length: rows }, () => batchColumns.map(() => 'x').join(','));
      return service.call({
        ...{ method: 'POST', path: '/filing-batches?rehearsal=true', as: clerk('430100'), contentType: csvType },
        body: [titles, ...lines].join('\n'),
      });
    };
    expect((await send(500)).status).toBe(200);
    expect(said(await send(501))).toEqual([422, 'BATCH_TOO_LONG']);
  });
});
