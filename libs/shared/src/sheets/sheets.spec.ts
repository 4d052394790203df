import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRows, SheetError, simpleWorkbook, titledRows, xlsxRows } from './index.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

const read = async (bytes: Buffer, size = 7): Promise<string[][]> => {
  const rows: string[][] = [];
  for await (const row of csvRows(pieces(bytes, size))) rows.push(row);
  return rows;
};

const written = (rows: string[][]): string =>
  rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\r\n');

describe('table files', () => {
  it('[H81] any rows come back as they were, however the bytes are cut', async () => {
    const field = fc
      .string({ maxLength: 12, unit: fc.constantFrom('a', '"', ',', '\n', '长', '1', ' ') })
      .map((text) => text.trim());
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (given, size) => {
        expect(await read(Buffer.from(written(given)), size)).toEqual(given);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('[H81] GB 18030 is read like UTF-8, a byte order mark and empty lines are passed over', async () => {
    const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31, 0x0a, 0x0a, 0xb2, 0xe2, 0x2c, 0x32]);
    expect(await read(gbk, 100)).toEqual([
      ['姓名', '1'],
      ['测', '2'],
    ]);
    const rows = titledRows(
      [
        ['\uFEFF甲', '乙'],
        ['1', '2'],
      ],
      ['甲'],
    );
    expect((await rows.next()).value).toEqual({ line: 2, cells: { 甲: '1', 乙: '2' } });
  });

  it('[H81] a missing column, an empty file and a file that is no workbook are refused in words', async () => {
    await expect(titledRows([['甲']], ['乙']).next()).rejects.toThrow('缺少列：乙');
    await expect(titledRows([], ['乙']).next()).rejects.toThrow(SheetError);
    await expect(xlsxRows(Buffer.from('no'))).rejects.toThrow(SheetError);
  });

  it('[H81] a workbook keeps long numbers and codes with leading zeros', async () => {
    const book = await simpleWorkbook([{ name: '名单', titles: ['号码', '数'], rows: [['001234567890123456', 12]] }]);
    expect(await xlsxRows(book)).toEqual([
      ['号码', '数'],
      ['001234567890123456', '12'],
    ]);
  });
});
