import { orThrow, refuse } from '../errors/index.js';
import { csvRows, SheetError, workbookRows } from '../sheets/index.js';
import { xlsxType } from './file-bodies.js';

export interface SheetRequest {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The rows of what was sent, a CSV or a workbook, as they stream in. */
export function sentRows({ body, headers }: SheetRequest): AsyncIterable<string[]> {
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body))
    throw new SheetError('请以 CSV 或 XLSX 文件提交');
  const isWorkbook = String(headers['content-type']).startsWith(xlsxType);
  return (isWorkbook ? workbookRows : csvRows)(body as AsyncIterable<Uint8Array>);
}

/** A file that cannot be read is the sender's matter, not a fault of ours. */
export async function readingSheet<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SheetError) return orThrow(refuse('FILE_FORM_WRONG', { detail: error.message }));
    throw error;
  }
}
