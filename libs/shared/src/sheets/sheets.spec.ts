import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { csvRows, SheetError, simpleWorkbook, titledRows, workbookRows, xlsxRows } from './index.js';

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

  /** A workbook as other programs write it: parts with prefixes, rich texts, days as numbers, cells that are left out. */
  const foreign = (): Buffer => {
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const parts = {
      'xl/workbook.xml': `<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="1" r:id="rId7"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId7" Target="/xl/worksheets/one.xml"/></Relationships>`,
      'xl/sharedStrings.xml': `<sst ${main}><si><r><t>姓</t></r><r><t> 名</t></r><rPh><t>xing</t></rPh></si><si><t>A&amp;B</t></si></sst>`,
      'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="[Red]yyyy&quot;年&quot;m"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
      'xl/worksheets/one.xml': `<worksheet ${main}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
        <row r="2"/><row r="3"><c r="B3" s="1"><v>46083</v></c><c s="2"><v>46083.75</v></c><c s="0"><v>430100198005061234</v></c>
        <c t="inlineStr"><is><t>x</t></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`,
    };
    return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))));
  };

  it('[H81] a workbook of another program is read as it is meant, in pieces as in whole', async () => {
    const rows: string[][] = [];
    for await (const row of workbookRows(pieces(foreign(), 11))) rows.push(row);
    expect(rows).toEqual([
      ['姓 名', '', 'A&B'],
      ['', '2026-03-02', '2026-03-02', '430100198005061234', 'x', 'true', '', '2'],
    ]);
    expect(await xlsxRows(foreign())).toEqual(rows);
  });

  it('[H81] a workbook that is cut off, or not whole inside, is refused in words', async () => {
    await expect(xlsxRows(foreign().subarray(0, 900))).rejects.toThrow('不是可以读取的 XLSX 文件');
    const broken = { 'xl/workbook.xml': strToU8('<workbook><sheets>') };
    await expect(xlsxRows(Buffer.from(zipSync(broken)))).rejects.toThrow('工作簿中的表格不完整');
    await expect(xlsxRows(Buffer.from(zipSync({ 'a.txt': strToU8('a') })))).rejects.toThrow(SheetError);
  });

  it('[H81] a workbook keeps long numbers and codes with leading zeros', async () => {
    const book = await simpleWorkbook([{ name: '名单', titles: ['号码', '数'], rows: [['001234567890123456', 12]] }]);
    expect(await xlsxRows(book)).toEqual([
      ['号码', '数'],
      ['001234567890123456', '12'],
    ]);
  });
});
