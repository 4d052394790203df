import { describe, expect, it } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { csvRows, csvText, streamedWorkbook } from './index.js';
import type { PlainCell } from './index.js';

async function* batches(...some: PlainCell[][][]): AsyncGenerator<PlainCell[][]> {
  for (const batch of some) yield await Promise.resolve(batch);
}
async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const titles = ['项目', '金额'];
const rows: PlainCell[][] = [
  ['注射用“甲”, 乙', '1.10'],
  ['a "b"\n& <c>', '-2.00'],
  ['=HYPERLINK("x")', null],
  ['0012', 3],
];

describe('files that are written while they are read', () => {
  it('[N39 H47] a CSV comes back as it was given; nothing in it is a formula', async () => {
    const text = await collected(csvText(titles, batches(rows.slice(0, 2), [], rows.slice(2))));
    expect(text.toString('utf8').startsWith('\uFEFF项目,金额\r\n')).toBe(true);
    const back: string[][] = [];
    for await (const row of csvRows(oneChunk(text))) back.push(row);
    expect(back.slice(1)).toEqual([
      ['注射用“甲”, 乙', '1.10'],
      ['a "b"\n& <c>', '-2.00'],
      [`'=HYPERLINK("x")`, ''],
      ['0012', '3'],
    ]);
  });

  it('[N39 H47] a workbook comes back as it was given, and goes on on another sheet where one is full', async () => {
    const bytes = await collected(streamedWorkbook('明细', titles, batches(rows.slice(0, 3), rows.slice(3)), 3));
    const sheets = await readXlsxFile(bytes);
    expect(sheets.map(({ sheet, data }) => [sheet, data.length])).toEqual([
      ['明细', 4],
      ['明细 2', 2],
    ]);
    expect(sheets[0]?.data).toEqual([titles, ...rows.slice(0, 3)]);
    expect(sheets[1]?.data).toEqual([titles, ['0012', 3]]);
  });

  it('[N39] what is written leaves before everything is read: one batch is in memory, not the file', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<PlainCell[][]> {
      for (;;) {
        read += 1;
        yield await Promise.resolve(Array.from({ length: 500 }, (_, at) => [`项目 ${read} ${at}`, `${at}.00`]));
      }
    }
    for (const written of [csvText(titles, endless()), streamedWorkbook('明细', titles, endless())]) {
      read = 0;
      let bytes = 0;
      for await (const piece of written) {
        bytes += piece.length;
        if (bytes > 100_000) break;
      }
      expect(read).toBeLessThan(100);
    }
  });

  it('[N39] nothing to write is a file with its titles', async () => {
    const [sheet] = await readXlsxFile(await collected(streamedWorkbook('明细', titles, batches())));
    expect(sheet?.data).toEqual([titles]);
  });
});

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
