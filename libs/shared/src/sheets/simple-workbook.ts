import writeXlsxFile from 'write-excel-file/node';
import type { Cell, Row } from 'write-excel-file/node';

export type PlainCell = string | number | null;

export interface PlainSheet {
  readonly name: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly PlainCell[])[];
}

const cell = (value: PlainCell): Cell =>
  typeof value === 'number' ? { value, type: Number } : { value: value ?? '', type: String };

/** A workbook of plain lists: bold titles, texts stay texts (identity numbers, codes), columns wide enough to read. */
export function simpleWorkbook(sheets: readonly PlainSheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(({ name, titles, rows }) => ({
      sheet: name,
      data: [
        titles.map((title): Cell => ({ value: title, type: String, fontWeight: 'bold' })),
        ...rows.map((row): Row => row.map(cell)),
      ],
      columns: titles.map((title, index) => ({ width: widthOf(title, rows, index) })),
    })),
  ).toBuffer();
}

/** Chinese characters take two places. */
const places = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0);
const widthOf = (title: string, rows: PlainSheet['rows'], index: number): number =>
  Math.min(60, Math.max(...[title, ...rows.slice(0, 200).map((row) => String(row[index] ?? ''))].map(places)) + 2);
