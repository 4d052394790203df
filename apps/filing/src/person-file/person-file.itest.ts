import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csvType, xlsxType } from '#shared/service';
import { simpleWorkbook, xlsxRows } from '#shared/sheets';
import type { RestTestService } from '#shared/testing';
import { clerk, Desk, identityNumber, personNo, startFiling } from '../testing/people.js';
import { personColumns } from './person-row.js';
import type { PersonFile } from './person-file.repository.js';

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

const titles = [...personColumns, '终止日', '特殊身份'];
const row = (sequence: number, more: Partial<Record<string, string>> = {}): string[] => {
  const cells: Record<string, string | undefined> = {
    ...{ 人员编号: personNo(sequence), 姓名: '测试人', 性别: '男', 出生日期: '1980-05-06', 证件类型: '01' },
    ...{ 证件号码: identityNumber(sequence), 参保地: '430100', 险种: '职工', 人员类别: '1101', 参保身份: '在职' },
    ...{ 参保状态: '正常', 起始日: '2020-01-01', ...more },
  };
  return titles.map((title) => cells[title] ?? '');
};
const csv = (rows: string[][]): string => [titles, ...rows].map((one) => one.join(',')).join('\n');
const load = (body: string | Buffer, as = clerk('430100')) =>
  service.call<PersonFile>({
    method: 'POST',
    path: '/person-files',
    as,
    body,
    contentType: typeof body === 'string' ? csvType : xlsxType,
  });

describe('files of insured persons', () => {
  const rows = [
    row(1),
    row(2, { 特殊身份: '低保 重残', 参保地: '430121' }),
    row(3, { 证件号码: '430102198005061234' }),
    row(4, { 参保地: '430200' }),
    row(5, { 证件号码: identityNumber(1) }),
    row(6, { 终止日: '2025-12-31' }),
    row(6, { 险种: '居民', 参保身份: '居民', 人员类别: '1501', 起始日: '2026-01-01' }),
    row(7, { 参保状态: '不知道' }),
    row(1, { 姓名: '重复' }),
  ];

  it('[N7 H16] good rows are taken, the others are reported with line and reason; several rows are one person', async () => {
    const loaded = await load(csv(rows));
    expect(loaded).toMatchObject({ status: 201, body: { total: 8, added: 3, changed: 0, same: 0, refused: 5 } });
    const path = `/person-files/${loaded.body.fileNo}/refusals`;
    const refused = await service.call<{ line: number; reason: string }[]>({
      method: 'GET',
      path,
      as: clerk('430100'),
    });
    expect(refused.body.map(({ line, reason }) => [line, reason])).toEqual([
      [4, '居民身份证号码不正确'],
      [5, '参保地 430200 不归本机构'],
      [6, `证件号码已属于人员编号 ${personNo(1)}`],
      [9, '参保状态应为正常、暂停、终止或转出'],
      [10, '人员编号在文件中重复，同一人的各行应相邻'],
    ]);
    const person = (await service.call({ method: 'GET', path: `/persons/${personNo(6)}`, as: clerk('430100') })).body;
    expect(person['insurances']).toHaveLength(2);
    const rest = await service.call<object[]>({ method: 'GET', path: `${path}?after=9`, as: clerk('430100') });
    expect(rest.body).toHaveLength(1);
    expect((await service.call({ method: 'GET', path, as: clerk('430200') })).status).toBe(404);
  });

  it('[N13 H16] the same file again changes nothing and says nothing, as a workbook too', async () => {
    const before = (await service.published()).length;
    expect((await load(csv(rows))).body).toMatchObject({ total: 8, added: 0, changed: 0, same: 3, refused: 5 });
    const book = await simpleWorkbook([{ name: '名册', titles, rows }]);
    expect((await load(book)).body).toMatchObject({ total: 8, added: 0, changed: 0, same: 3, refused: 5 });
    expect((await service.published()).length).toBe(before);
  });

  it('[N13 H16] a change in the file is published, and the filings follow it', async () => {
    const filed = await desk.filed(personNo(1), 'referral', '310000');
    expect((await load(csv([row(1, { 参保状态: '暂停' })]))).body).toMatchObject({ changed: 1 });
    expect((await desk.look(filed.filingNo)).status).toBe('suspended');
    expect((await load(csv([row(1)]))).body).toMatchObject({ changed: 1 });
    expect((await desk.look(filed.filingNo)).status).toBe('effective');
  });

  it('[N16] numbers of the file are encrypted like any other and not to be found in the table', async () => {
    const found = await service.database.source.query<{ n: number }[]>(
      `select count(*)::int as n from insured_person p where p::text like $1`,
      [`%${identityNumber(1)}%`],
    );
    expect(found[0]?.n).toBe(0);
  });

  it('[H16] a file without the needed columns, or no file at all, is refused in words', async () => {
    expect(await load('甲,乙\n1,2')).toMatchObject({ status: 422, body: { code: 'FILE_FORM_WRONG' } });
    expect(await load(Buffer.from('no workbook'))).toMatchObject({ status: 422, body: { code: 'FILE_FORM_WRONG' } });
  });
});

describe('filing in a batch', () => {
  const columns = ['人员编号', '备案人员类别', '就医地', '备案材料', '联系电话'];
  const book = (lines: string[][]) => simpleWorkbook([{ name: '名单', titles: columns, rows: lines }]);
  const send = (body: Buffer, query = '', as = clerk('430100')) =>
    service.call<string>({ method: 'POST', path: `/filing-batches${query}`, as, body, contentType: xlsxType });
  const material = '医保电子凭证、有效身份证件或社会保障卡';

  it('[H11] an employer files 500 workers by one workbook and gets every result back; a rehearsal has no effect', async () => {
    const area = new Desk(service, '430300');
    const workers: string[] = [];
    for (let index = 0; index < 500; index += 1) workers.push(personNo(10_000 + index, '430300'));
    const names = [...personColumns];
    const people = workers.map((no, index) =>
      row(index, { 人员编号: no, 参保地: '430300', 证件类型: '08', 证件号码: `E${10_000_000 + index}` }).slice(
        0,
        names.length,
      ),
    );
    await load([names, ...people].map((one) => one.join(',')).join('\n'), clerk('430300'));
    const employer = {
      agency: '430300',
      level: 'area',
      roles: ['filing.apply', 'filing.channel.agent'],
      subject: 'employer-9',
    } as const;
    const put = (path: string, body: object) => service.call({ method: 'PUT', path, as: clerk(area.area), body });
    await put('/agents/employer-9', { kind: 'employer', name: '示例公司' });
    await put('/agents/employer-9/persons', { personNos: workers.slice(0, 499) });
    const list = await book(
      workers.map((no) => [no, '常驻异地工作人员', '110000', 'credential；filing-form；劳动合同', '13800000000']),
    );

    const rehearsed = await xlsxRows((await send(list, '?rehearsal=true', employer)).bytes);
    const count = (result: string) => rehearsed.filter((one) => one[2] === result).length;
    expect([count('待审核'), count('未办理')]).toEqual([499, 1]);
    expect((await service.call<object[]>({ method: 'GET', path: '/filings', as: clerk('430300') })).body).toEqual([]);

    const real = await xlsxRows((await send(list, '', employer)).bytes);
    expect(real.filter((one) => one[2] === '待审核')).toHaveLength(499);
    expect(real.at(-1)).toEqual(['501', workers[499], '未办理', '', expect.stringContaining('不在本代办点的名单内')]);
    expect((await service.call<object[]>({ method: 'GET', path: '/filings', as: clerk('430300') })).body).toHaveLength(
      499,
    );
  });

  it('[H11] wrong rows are named, the others are filed; 501 rows are too many', async () => {
    const result = await xlsxRows(
      (
        await send(
          await book([
            [personNo(6), '其他跨省临时外出就医人员', '440100', `${material}；异地就医登记备案表`, ''],
            [personNo(6), '游客', '440100', '', ''],
            [personNo(6), 'referral', '440100', 'credential；照片', ''],
          ]),
        )
      ).bytes,
    );
    expect(result.slice(1).map((one) => [one[2], one[4]])).toEqual([
      ['有效', ''],
      ['未办理', expect.stringContaining('备案人员类别应为')],
      ['未办理', '不认识的材料：照片'],
    ]);
    const many = await book(Array.from({ length: 501 }, () => [personNo(6), 'referral', '440100', '', '']));
    expect(await send(many)).toMatchObject({ status: 422 });
  });
});
