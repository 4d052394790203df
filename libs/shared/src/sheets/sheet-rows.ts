import { addDays } from '../clock/index.js';
import { readXml } from './xml-reader.js';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly texts: readonly string[];
  readonly dayStyles: readonly boolean[];
  readonly from1904: boolean;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly isDay: boolean;
}

const mostColumns = 500;

/** The column of a reference like AB12, from 0; undefined without one. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A cell as text: numbers keep every digit, a day is a day, what is in error is nothing. */
function textOf(value: string, { type, isDay }: Cell, { texts, from1904 }: SheetContext): string {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'e') return '';
  if (type === 'n' && isDay && /^\d{1,7}(\.\d+)?$/.test(value))
    return addDays(from1904 ? '1904-01-01' : '1899-12-30', Math.floor(Number(value)));
  return value.trim();
}

/** xl/worksheets/…: row by row as the bytes arrive, each at least as wide as the first; rows without anything are passed over. */
export async function* sheetRows(part: AsyncIterable<Uint8Array>, context: SheetContext): AsyncGenerator<string[]> {
  let ready: string[][] = [];
  let row: string[] = [];
  let cell: Cell | undefined;
  let value = '';
  let inValue = false;
  let next = 0;
  let width = 0;
  const reading = readXml(part, {
    open: (name, { r, t = 'n', s }) => {
      if (name === 'row') [row, next] = [[], 0];
      else if (name === 'c') {
        cell = { column: columnOf(r) ?? next, type: t, isDay: context.dayStyles[Number(s)] ?? false };
        [value, next] = ['', cell.column + 1];
      }
      inValue = name === 'v' || name === 't';
    },
    close: (name) => {
      inValue = false;
      if (name === 'c' && cell !== undefined && cell.column < mostColumns) {
        while (row.length < cell.column) row.push('');
        row[cell.column] = value === '' ? '' : textOf(value, cell, context);
      } else if (name === 'row' && row.some((text) => text !== '')) {
        width ||= row.length;
        ready.push([...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => '')]);
      }
    },
    text: (piece) => {
      if (inValue) value += piece;
    },
  });
  for await (const _piece of reading) {
    yield* ready;
    ready = [];
  }
}
