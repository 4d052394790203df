import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '#shared/database';
import { csvType, xlsxType } from '#shared/service';
import { csvRows, simpleWorkbook } from '#shared/sheets';
import { rulesDirectory } from '#shared/rules';
import { keepQualification } from '../person/known-person.repository.js';
import { qualificationChanged } from '#shared/contracts';
import { clerkOf, codeIn, SettlementOverHttp } from '../testing/settlement-over-http.js';

const sample = readFileSync(join(rulesDirectory(), 'settlement/catalogue-sample.csv'));
const area = clerkOf('310000');
/** Amlodipine and its like: in the scope of 高血压; metformin: of 糖尿病; digoxin of neither. */
let codes: Readonly<Record<'pressure' | 'sugar' | 'heart' | 'bed', string>>;

interface Loaded {
  readonly fileNo: number;
  readonly total: number;
  readonly added: number;
  readonly same: number;
  readonly refused: number;
}

describe('catalogue files and chronic visits, over HTTP', () => {
  let world: SettlementOverHttp;
  let serial = 0;
  const load = async (body: Buffer, contentType: string, path = '/catalogues/310000/files?from=2025-01-01') => {
    const answer = await world.service.call<Loaded>({ as: area, method: 'POST', path, body, contentType });
    return answer.body;
  };

  /** A chronic visit with lines of 100.00 each, as far as it goes; the code of the refusal, or what came out. */
  async function visit(psn_no: string, disease: string | null, items: readonly string[], scheme = '310') {
    await world.identify(psn_no);
    serial += 1;
    const begntime = '2026-03-16 09:00:00';
    const registered = await world.send('2201', {
      data: { psn_no, insutype: scheme, begntime, med_type: '14', ipt_otp_no: `MZ${serial}` },
    });
    if (registered.infcode !== 0) return { code: codeIn(registered), lines: [], setlinfo: undefined };
    const { mdtrt_id } = registered.output.data;
    const mdtrtinfo = {
      mdtrt_id,
      psn_no,
      med_type: '14',
      begntime,
      ...(disease === null ? {} : { dise_codg: disease }),
    };
    const diseinfo = [{ diag_type: '1', diag_srt_no: 1, diag_code: 'I10.x00', diag_name: '高血压' }];
    await world.send('2203', { mdtrtinfo, diseinfo });
    const feedetail = items.map((med_list_codg, index) => ({
      ...{ feedetl_sn: `C${serial}-${index}`, mdtrt_id, psn_no, fee_ocur_time: begntime, med_list_codg },
      ...{ chrg_bchno: 'B1', det_item_fee_sumamt: 100, cnt: 10, pric: 10 },
    }));
    const charged = await world.send('2204', { feedetail });
    if (charged.infcode !== 0) return { code: codeIn(charged), lines: [], setlinfo: undefined, mdtrt_id };
    const settle = { psn_no, mdtrt_id, medfee_sumamt: 100 * items.length, chrg_bchno: 'B1', insutype: scheme };
    const settled = await world.send('2207', { data: { ...settle, acct_used_flag: '0' } } as never);
    const setlinfo = settled.infcode === 0 ? settled.output.setlinfo : undefined;
    return { code: codeIn(settled), lines: charged.output.result, setlinfo, mdtrt_id };
  }

  beforeAll(async () => {
    world = await SettlementOverHttp.start('2026-03-16');
    expect(await load(sample, csvType)).toMatchObject({ total: 438, added: 438, same: 0, refused: 0 });
    const found = await rows<{ code: string; name: string }>(
      world.service.database.source.manager,
      `select code, name from catalogue_item where name ~ '^(氨氯地平|二甲双胍|沙丁胺醇|普通病房床位费（三)'`,
    );
    const named = (name: string): string => found.find((one) => one.name.startsWith(name))?.code ?? '';
    codes = {
      ...{ pressure: named('氨氯地平'), sugar: named('二甲双胍') },
      ...{ heart: named('沙丁胺醇'), bed: named('普通病房床位费') },
    };
  });
  afterAll(() => world.stop());

  it('[N31] the sample has all 14 categories, all classes and all kinds of limits; the same file again changes nothing', async () => {
    const [counted] = await rows<Record<string, number>>(
      world.service.database.source.manager,
      `select count(distinct category)::int as categories, count(distinct class)::int as classes,
              (count(*) filter (where level_limits <> '{}'))::int as by_level, (count(*) filter (where price_limit_fen is not null))::int as limited,
              (count(*) filter (where diseases <> '{}'))::int as scoped from catalogue_item`,
    );
    expect(counted).toMatchObject({ categories: 14, classes: 3, by_level: 17, limited: 67, scoped: 121 });
    expect(await load(sample, csvType)).toMatchObject({ total: 438, added: 0, changed: 0, same: 438 });
    const lines: string[][] = [];
    for await (const line of csvRows(chunks(sample))) lines.push(line);
    const [titles = [], ...items] = lines;
    const workbook = await simpleWorkbook([{ name: '目录', titles, rows: items }]);
    expect(await load(workbook, xlsxType)).toMatchObject({ total: 438, added: 0, changed: 0, same: 438 });
  });

  it('[N31] rows that cannot be taken are told with line, column and what to write; the others are taken', async () => {
    const file = Buffer.from(
      '医疗目录编码,项目名称,收费类别,目录等级,先行自付比例,限价,起始日\nN1,好,09,甲,0,,2026-01-01\nN2,坏,19,甲,0,,\n' +
        'N1,重,09,甲,0,,2026-01-01\nN1,新,09,乙,0.1,9.99,2026-02-01\n',
    );
    const report = await load(file, csvType);
    expect(report).toMatchObject({ total: 4, added: 2, refused: 2 });
    const path = `/catalogues/310000/files/${report.fileNo}/refusals`;
    expect(await world.rest(area, 'GET', path)).toEqual([
      { line: 3, itemCode: 'N2', column: '收费类别', reason: expect.stringContaining('01 至 14') },
      { line: 4, itemCode: 'N1', column: '医疗目录编码', reason: expect.stringContaining('重复') },
    ]);
    expect(await world.rest(clerkOf('440100'), 'GET', path)).toMatchObject({ code: 'NOT_FOUND' });
    const answers = [
      await world.service.call({
        as: area,
        method: 'POST',
        path: '/catalogues/310000/files',
        body: 'x',
        contentType: csvType,
      }),
      await world.service.call({
        as: clerkOf('440100'),
        method: 'POST',
        path: '/catalogues/310000/files',
        body: file,
        contentType: csvType,
      }),
    ];
    expect(answers.map(({ body }) => body['code'])).toEqual(['FILE_FORM_WRONG', 'NOT_YOUR_AREA']);
  });

  it('[N31] 1318 answers the limit that holds at the level of the hospital that asks', async () => {
    const data = { updt_time: '2020-01-01 00:00:00', page_num: 1, page_size: 10, hilist_code: codes.bed };
    const answer = await world.send('1318', { data });
    expect(answer.output?.data.map((one) => one.hilist_pric_uplmt_amt)).toEqual([40]);
  });

  it('[N15 N31] a hospital that has not opened chronic treatment is refused by its name', async () => {
    const other = { institutionCode: 'H31000000302', name: '未开通医院', level: 'L2' as const, area: '310000' };
    await world.admit({ ...other, services: ['outpatient'], agreement: 'active', effectiveOn: '2025-01-01' });
    await world.person({ personNo: 'PX', diseases: { M03900: '高血压' } });
    await world.identify('PX', other.institutionCode);
    const data = { psn_no: 'PX', insutype: '310', begntime: '2026-03-16 09:00:00', med_type: '14', ipt_otp_no: 'M' };
    const chronic = await world.send('2201', { data }, { from: other.institutionCode });
    expect(chronic.err_msg).toMatch(/^\[SERVICE_NOT_OFFERED\] 本机构未开通门诊慢特病/);
    const ordinary = await world.send(
      '2201',
      { data: { ...data, med_type: '11' } },
      {
        from: other.institutionCode,
      },
    );
    const mdtrtinfo = { mdtrt_id: ordinary.output?.data.mdtrt_id, psn_no: 'PX', med_type: '14' };
    const turned = await world.send('2203', { mdtrtinfo, diseinfo: [] } as never, { from: other.institutionCode });
    expect(['SERVICE_NOT_OFFERED', 'ENVELOPE_INVALID']).toContain(codeIn(turned));
  });

  it('[N31 H18] with a qualification the bill is settled by the home area’s chronic terms; what is outside of the scope is own expense', async () => {
    await world.person({ personNo: 'R1', scheme: '390', diseases: { M03900: '高血压' } });
    const { code, lines, setlinfo } = await visit('R1', 'M03900', [codes.pressure, codes.sugar], '390');
    expect(code).toBe('fine');
    expect(lines.map((line) => [line.inscp_scp_amt, line.fulamt_ownpay_amt, line.memo])).toEqual([
      [100, 0, null],
      [0, 100, '不在就医地该病种的支付范围内'],
    ]);
    // 高血压 of a resident: 70 %, no deductible (HN-RES-2023).
    expect(setlinfo).toMatchObject({ medfee_sumamt: 200, hifp_pay: 70, act_pay_dedc: 0, psn_cash_pay: 130 });
  });

  it('[N31 H18] several diseases at once: each item within the scope of one, the limits by the home area’s rule', async () => {
    await world.person({ personNo: 'R2', scheme: '390', diseases: { M03900: '高血压', M01600: '糖尿病' } });
    const many = [...Array<string>(8).fill(codes.sugar), ...Array<string>(8).fill(codes.pressure)];
    const { code, lines, setlinfo } = await visit('R2', 'M01600,M03900', many, '390');
    expect(code).toBe('fine');
    expect(lines.every((line) => line.inscp_scp_amt === 100)).toBe(true);
    // 70 % of 1600.00 are 1120.00, but both diseases together have 360 + 600 a year.
    expect(setlinfo).toMatchObject({ medfee_sumamt: 1600, hifp_pay: 960 });
  });

  it('[N31 H18] a disease for which the place has no scope passes by the norms of treatment, flagged for audit', async () => {
    await world.person({ personNo: 'E1', diseases: { HN0002: '耐多药肺结核' } });
    const { code, lines, setlinfo, mdtrt_id } = await visit('E1', 'HN0002', [codes.heart]);
    expect(code).toBe('fine');
    expect(lines.map((line) => [line.inscp_scp_amt, line.memo])).toEqual([
      [100, '就医地没有该病种的支付范围，按诊疗规范审核'],
    ]);
    // 80 % of the working employee, within 1500.00 a month (HN-EMP-2023).
    expect(setlinfo).toMatchObject({ hifp_pay: 80 });
    expect(await world.rest(area, 'GET', '/lines-by-norms?month=2026-03')).toMatchObject([
      { visitId: mdtrt_id, itemCode: codes.heart, diseases: ['HN0002'], amount: '100.00' },
    ]);
    expect(await world.rest(clerkOf('440100'), 'GET', '/lines-by-norms?month=2026-03')).toEqual([]);
  });

  it('[N13 N31] without a qualification, without a disease, or when it has ended: each has its own refusal', async () => {
    await world.person({ personNo: 'N1', scheme: '390' });
    expect((await visit('N1', 'M03900', [codes.pressure], '390')).code).toBe('CHRONIC_NOT_QUALIFIED');
    await world.person({ personNo: 'N2', scheme: '390', diseases: { M03900: '高血压' } });
    expect((await visit('N2', null, [codes.pressure], '390')).code).toBe('CHRONIC_DISEASE_MISSING');
    expect((await visit('N2', 'M03900,M01600', [codes.pressure], '390')).code).toBe('fine');
    const ended = { ...qualificationChanged.example, personNo: 'N2', qualificationNo: 'MT-N2-M03900' };
    await world.service.database.transaction((tx) =>
      keepQualification(tx, { ...ended, status: 'ended', to: '2026-03-15' }, 2),
    );
    expect((await visit('N2', 'M03900', [codes.pressure], '390')).code).toBe('CHRONIC_NOT_QUALIFIED');
  });
});

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
