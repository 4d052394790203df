import { TextDecoder } from 'node:util';

/** A table file that cannot be read; the sentence is for the one who sent it. */
export class SheetError extends Error {}

const longestField = 10_000;

/** UTF-8, or GB 18030 as Chinese spreadsheets export it: the first bytes decide. */
function decoderFor(first: Uint8Array): TextDecoder {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('gb18030');
  }
}

/**
 * 逐行读取 CSV: rows of fields as the bytes arrive, never the whole file. Quotes, doubled quotes and line breaks inside quotes are
 * read as RFC 4180 has them; empty lines are passed over.
 */
export async function* csvRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let decoder: TextDecoder | undefined;
  let rest = '';
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    const { rows, left } = cut(rest + decoder.decode(chunk, { stream: true }), false);
    rest = left;
    yield* rows;
  }
  if (rest !== '') yield* cut(rest, true).rows;
}

/** Complete rows of a text, and what is left of the last one. */
function cut(text: string, isEnd: boolean): { rows: string[][]; left: string } {
  const rows: string[][] = [];
  let from = 0;
  while (from < text.length) {
    const end = endOfRow(text, from);
    if (end < 0) {
      if (!isEnd) break;
      rows.push(fields(text.slice(from)));
      from = text.length;
    } else {
      const row = text.slice(from, end);
      if (row !== '' && row !== '\r') rows.push(fields(row));
      from = end + 1;
    }
  }
  const left = text.slice(from);
  if (left.length > longestField * 100) throw new SheetError('一行过长，或引号没有成对');
  return { rows, left };
}

/** The line break that ends a row: one that is not inside quotes; -1 while it has not arrived. */
function endOfRow(text: string, from: number): number {
  let end = text.indexOf('\n', from);
  if (end < 0 || !text.slice(from, end).includes('"')) return end;
  let inside = false;
  for (end = from; end < text.length; end += 1) {
    const character = text.charCodeAt(end);
    if (character === 34) inside = !inside;
    else if (character === 10 && !inside) return end;
  }
  return -1;
}

function fields(line: string): string[] {
  const row = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!row.includes('"')) return row.split(',').map((field) => field.trim());
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}
