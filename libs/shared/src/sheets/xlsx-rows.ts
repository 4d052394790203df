import { readSheet } from 'read-excel-file/node';
import { SheetError } from './csv-rows.js';

const asText = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell).trim() : '';
};

/** The rows of the first sheet as texts; numbers keep every digit, a date cell becomes its day. */
export async function xlsxRows(file: Buffer): Promise<string[][]> {
  try {
    const rows = await readSheet<string>(file, { parseNumber: (text) => text });
    return rows.map((row) => row.map(asText)).filter((row) => row.some((cell) => cell !== ''));
  } catch {
    throw new SheetError('不是可以读取的 XLSX 文件');
  }
}
