import { fromBufferPromise, fromFdPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { SheetError } from './csv-rows.js';
import { sheetRows } from './sheet-rows.js';
import { spooled } from './spool.js';
import { dayStyles, firstSheet, partOf, sharedTexts } from './workbook-parts.js';

const options = { lazyEntries: true, autoClose: false } as const;
const unreadable = '不是可以读取的 XLSX 文件';
const mostParts = 2_000;

/** 逐行读取 XLSX: the rows of the first sheet as texts, as they are unpacked; numbers keep every digit, a date cell becomes its day. */
export const workbookRows = (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> =>
  spooled(chunks, (descriptor) => rowsOf(() => fromFdPromise(descriptor, options)));

/** The same of a small workbook that is in memory, all at once. */
export async function xlsxRows(file: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of rowsOf(() => fromBufferPromise(file, options))) rows.push(row);
  return rows;
}

async function* rowsOf(open: () => Promise<ZipFile>): AsyncGenerator<string[]> {
  try {
    const zip = await open();
    const parts = await partsOf(zip);
    const bytesOf = (name: string): Promise<AsyncIterable<Uint8Array>> => {
      const entry = parts.get(name);
      if (entry === undefined) throw new SheetError(unreadable);
      return zip.openReadStreamPromise(entry);
    };
    const { relation, from1904 } = await firstSheet(await bytesOf('xl/workbook.xml'));
    const sheet = await partOf(await bytesOf('xl/_rels/workbook.xml.rels'), relation);
    const has = (name: string): boolean => parts.has(name);
    yield* sheetRows(await bytesOf(sheet), {
      texts: has('xl/sharedStrings.xml') ? await sharedTexts(await bytesOf('xl/sharedStrings.xml')) : [],
      dayStyles: has('xl/styles.xml') ? await dayStyles(await bytesOf('xl/styles.xml')) : [],
      from1904,
    });
  } catch (error) {
    throw error instanceof SheetError ? error : new SheetError(unreadable);
  }
}

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (parts.size === mostParts) throw new SheetError(unreadable);
    parts.set(entry.fileName, entry);
  }
  return parts;
}
