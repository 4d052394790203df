import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { csvRows } from '#shared/sheets';
import { HospitalOverHttp, reader } from '../testing/hospital-over-http.js';

let hospital: HospitalOverHttp;
const get = <T = Record<string, unknown>>(path: string, as = reader('430100')) =>
  hospital.service.call<T>({ method: 'GET', path, as });
const range = '?homeArea=430100&from=2026-03-01&to=2026-03-31';

/** Several stays of one person, one after the other, each of so many lines of 1.00 and one of 9.50. */
async function stays(personNo: string, count: number, lines: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const visitId = await hospital.admitted(personNo);
    const feedetail = Array.from({ length: lines }, () => hospital.line(personNo, visitId, '1.00'));
    await hospital.send('2301', {
      feedetail: [...feedetail, hospital.line(personNo, visitId, '9.50', { med_list_codg: 'CT' })],
    });
    await hospital.discharge(personNo, visitId);
    ids.push(await hospital.settled(personNo, visitId, (lines + 9.5).toFixed(2)));
  }
  return ids;
}

async function csvOf(path: string, as = reader('430100')): Promise<string[][]> {
  const { bytes } = await get(path, as);
  const found: string[][] = [];
  for await (const row of csvRows(oneChunk(bytes))) found.push(row);
  return found;
}
async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

describe('the item lines of inpatient settlements', () => {
  let ids: string[];
  const duty = () =>
    hospital.service.database.source.query<object[]>(
      `select owner, beneficiary, subject, article, due_on::text as due, met_on::text as met, state
       from obligation where kind = 'item-lines' order by subject`,
    );

  beforeAll(async () => {
    hospital = await HospitalOverHttp.start('2026-03-16');
    await hospital.person('P1');
    ids = await stays('P1', 2, 3);
  });
  afterAll(() => hospital.stop());

  it('[N39 H47] are owed within three days by the treatment area, from the settlement on', async () => {
    expect(await duty()).toEqual([
      {
        ...{ owner: '310000', beneficiary: '430100', subject: '2026-03-16/430100', article: 'N39' },
        ...{ due: '2026-03-19', met: null, state: 'open' },
      },
    ]);
  });

  it('[N39 H47] and are there once the day is over, all of them complete', async () => {
    await hospital.service.moveTo('2026-03-17', '00:30');
    ids.push(...(await stays('P1', 1, 3)));
    expect(await duty()).toMatchObject([
      { subject: '2026-03-16/430100', met: '2026-03-17', state: 'met' },
      { subject: '2026-03-17/430100', due: '2026-03-20', state: 'open' },
    ]);
  });

  it('[N39 H47 N57] the home area sees them line by line, another area does not', async () => {
    const { body } = await get<{ lines: object[] }>(`/settlements/${ids[0] ?? ''}/lines`);
    expect(body.lines).toHaveLength(4);
    expect(body.lines.at(-1)).toMatchObject({
      ...{ item: 'CT', itemName: '示例 CT', amount: '9.50', firstPay: '0.95', inScope: '8.55', class: 'B' },
    });
    expect((await get(`/settlements/${ids[0] ?? ''}/lines`, reader('440300'))).status).toBe(404);
  });

  it('[N39 H47] downloads as CSV and as XLSX: every line of the days once, in order, with the same sums', async () => {
    const [titles = [], ...rows] = await csvOf(`/item-lines.csv${range}`);
    expect(rows).toHaveLength(12);
    const column = (title: string): string[] => rows.map((row) => row[titles.indexOf(title)] ?? '');
    expect([...new Set(column('结算ID'))]).toEqual(ids);
    expect(new Set(column('费用明细流水号')).size).toBe(12);
    expect(column('金额').reduce((sum, amount) => sum + Number(amount), 0)).toBeCloseTo(3 * 12.5, 2);
    expect(column('等级')[3]).toBe('乙类');

    const answer = await get(`/item-lines.xlsx${range}`);
    const [sheet] = await readXlsxFile(answer.bytes);
    expect(sheet?.data.map((row) => row.map((value) => (value === null ? '' : String(value))))).toEqual([
      titles,
      ...rows,
    ]);
  });

  it('[N39 N57] only what the asking agency may see, and only days in order', async () => {
    expect(await csvOf(`/item-lines.csv${range}`, reader('440300'))).toHaveLength(1);
    expect(await csvOf('/item-lines.csv?homeArea=430200&from=2026-03-01&to=2026-03-31')).toHaveLength(1);
    expect(await csvOf('/item-lines.csv?homeArea=430000&from=2026-03-17&to=2026-03-17', reader('430000'))).toHaveLength(
      5,
    );
    expect((await get('/item-lines.csv?homeArea=430100&from=2026-03-02&to=2026-03-01')).status).toBe(400);
    expect((await get('/item-lines.csv?homeArea=43&from=x&to=y')).status).toBe(400);
  });

  it('[N39] what was refunded since is marked, its lines stay', async () => {
    const [found] = await hospital.service.database.source.query<{ visit: string }[]>(
      'select visit_id as visit from settlement where settlement_id = $1',
      [ids[2]],
    );
    const data = { mdtrt_id: found?.visit ?? '', setl_id: ids[2] ?? '', psn_no: 'P1' };
    const refund = await hospital.send('2305', { data });
    const [titles = [], ...rows] = await csvOf(`/item-lines.csv${range}`);
    const marks = rows.map((row) => row[titles.indexOf('已退费')]);
    expect(marks).toEqual([...Array.from({ length: 8 }, () => '否'), ...Array.from({ length: 4 }, () => '是')]);
    const { body } = await get<{ lines: object[] }>(`/settlements/${refund.output?.setlinfo.setl_id ?? ''}/lines`);
    expect(body.lines).toHaveLength(4);
  });
});
