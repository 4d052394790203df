import { describe, expect, it } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { parseYuan, sum } from '#shared/money';
import { areaName, provinces } from '#shared/regions';
import { itemOf } from '../testing/clearing-facts.js';
import { checkTables } from './rules/check-tables.js';
import { pairProvinces } from './rules/pair-provinces.js';
import { tablesView } from './tables-view.js';
import { tablesWorkbook } from './tables-workbook.js';

const items = [
  itemOf({ settlementId: 'S1', fundFen: 1_204_425n, accountFen: 30_001n, deductedFen: 40_000n }),
  itemOf({ settlementId: 'S2', scheme: '390', fundFen: 777n }),
  itemOf({ settlementId: 'S3', homeArea: '440300', treatmentArea: '430100', fundFen: 15_001n }),
  itemOf({ settlementId: 'S4', homeArea: '430100', treatmentArea: '440100', fundFen: 5_000n }),
  itemOf({ settlementId: 'S5', scheme: '390', homeArea: '430100', treatmentArea: '440100', fundFen: -123n }),
];
const pairs = pairProvinces(items);
const book = readXlsxFile(await tablesWorkbook(pairs, '2026-03', '2026-04-21'));
const sheet = async (name: string) => (await book).find((one) => one.sheet === name)?.data ?? [];
const fen = (cell: unknown): bigint => parseYuan(Number(cell).toFixed(2));

describe('the workbook of the tables', () => {
  it('[A14] one sheet for the nation, two for every province that takes part', async () => {
    expect((await book).map((one) => one.sheet)).toEqual([
      '附件14',
      ...['北京', '湖南', '广东'].flatMap((name) => [expect.stringContaining(name), expect.stringContaining(name)]),
    ]);
  });

  it('[A14] the matrix has its official heading, period and unit', async () => {
    const rows = await sheet('附件14');
    expect(rows.slice(0, 4).map(([cell]) => cell)).toEqual([
      '全国跨省异地就医费用清算表',
      '制表单位：国家级经办机构',
      '清算所属月份：2026 年 03 月',
      '单位：元（保留两位小数）',
    ]);
    expect(rows.slice(-4).map(([cell]) => cell)).toEqual([
      '单位负责人：',
      '审核人：',
      '制表人：',
      '制表日期：2026-04-21',
    ]);
  });

  it('[A14] rows receive, columns pay, the diagonal is crossed out, and each cell is its pair to the fen', async () => {
    const rows = await sheet('附件14');
    const names = provinces().map(areaName);
    expect(rows[5]?.slice(2, -1)).toEqual(names);
    provinces().forEach((payee, row) => {
      const cells = rows[6 + row] ?? [];
      expect(cells[1]).toBe(areaName(payee));
      provinces().forEach((payer, column) => {
        const cell = cells[2 + column];
        const pair = pairs.find((one) => one.payer === payer && one.payee === payee);
        if (payer === payee) expect(cell).toBe('---');
        else expect(fen(cell)).toBe(pair?.payableFen ?? 0n);
      });
    });
  });

  it('[N46] row totals, column totals and the corner are the sums of what stands before them', async () => {
    const rows = await sheet('附件14');
    const body = rows.slice(6, 6 + provinces().length);
    const amounts = body.map((cells) => cells.slice(2, -1).map((cell) => (cell === '---' ? 0n : fen(cell))));
    const totals = rows[6 + provinces().length] ?? [];
    expect(totals[0]).toBe('合计');
    expect(body.map((cells) => fen(cells.at(-1)))).toEqual(amounts.map(sum));
    expect(totals.slice(2, -1).map(fen)).toEqual(provinces().map((_, at) => sum(amounts.map((row) => row[at] ?? 0n))));
    expect(fen(totals.at(-1))).toBe(sum(pairs.map(({ payableFen }) => payableFen)));
  });

  it('[A14-1 A14-7] payable and receivable by scheme: total = employees + residents in every row and in the sum', async () => {
    for (const { sheet: name, data } of (await book).slice(1)) {
      expect(name).toMatch(/^附件14-[17] /);
      const table = data.slice(5, 5 + provinces().length);
      for (const [, total, employees, residents] of table) expect(fen(total)).toBe(fen(employees) + fen(residents));
      expect(table.at(-1)?.[0]).toBe('合计');
      for (const column of [1, 2, 3])
        expect(fen(table.at(-1)?.[column])).toBe(sum(table.slice(0, -1).map((row) => fen(row[column]))));
    }
  });

  it('[A14-1] Hunan’s payable sheet shows what it owes after deductions, by scheme', async () => {
    const rows = await sheet('附件14-1 湖南');
    expect(rows[0]?.[0]).toBe('湖南跨省异地就医应付医疗费用清算表');
    expect(rows.find(([name]) => name === '北京')).toEqual(['北京', 11_952.03, 11_944.26, 7.77]);
    expect(rows.find(([name]) => name === '广东')).toEqual(['广东', 50, 50, 0]);
    expect(rows.find(([name]) => name === '湖南')).toBeUndefined();
  });

  it('[N46] the JSON view tells the same as the workbook, with every identity', () => {
    const view = tablesView(pairs, checkTables(pairs, items));
    expect(view.total).toBe('12152.04');
    expect(view.payable['430000']).toEqual({
      lines: [
        { area: '110000', total: '11952.03', employees: '11944.26', residents: '7.77', returned: '0.00' },
        { area: '440000', total: '50.00', employees: '50.00', residents: '0.00', returned: '1.23' },
      ],
      total: '12002.03',
    });
    expect(view.receivable['430000']?.total).toBe('150.01');
    expect(view.deductions).toEqual([
      { payer: '430000', payee: '110000', employees: '400.00', residents: '0.00', total: '400.00' },
    ]);
    expect(view.checks.every(({ holds }) => holds)).toBe(true);
  });
});
