import type { PlainCell } from './simple-workbook.js';

/** Spreadsheets take a text that begins like this for a formula. */
const formula = /^[=+\-@\t\r]/;

function field(value: PlainCell): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (row: readonly PlainCell[]): string => `${row.map(field).join(',')}\r\n`;

/** 逐行写出 CSV: UTF-8 with its mark, as Chinese spreadsheets want it; a batch of rows at a time, never the whole file. */
export async function* csvText(
  titles: readonly string[],
  batches: AsyncIterable<readonly (readonly PlainCell[])[]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\uFEFF${line(titles)}`);
  for await (const rows of batches) yield Buffer.from(rows.map(line).join(''));
}
