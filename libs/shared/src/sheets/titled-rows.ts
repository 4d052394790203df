import { SheetError } from './csv-rows.js';

/** A row by the titles of its columns, with the line it stands on (the titles are line 1). */
export interface TitledRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Reads the titles off the first row; a file without the needed ones is refused as a whole. */
export async function* titledRows(
  rows: AsyncIterable<string[]> | Iterable<string[]>,
  needed: readonly string[],
): AsyncGenerator<TitledRow> {
  let titles: readonly string[] | undefined;
  let line = 0;
  for await (const row of rows) {
    line += 1;
    if (titles === undefined) {
      titles = row.map((title) => title.replace(/^\uFEFF/, '').trim());
      const missing = needed.filter((title) => titles?.includes(title) !== true);
      if (missing.length > 0) throw new SheetError(`缺少列：${missing.join('、')}`);
      continue;
    }
    yield { line, cells: Object.fromEntries(titles.map((title, index) => [title, row[index] ?? ''])) };
  }
  if (titles === undefined) throw new SheetError('文件是空的');
}
