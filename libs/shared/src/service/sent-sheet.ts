import { orThrow, refuse } from '../errors/index.js';
import { csvRows, SheetError, xlsxRows } from '../sheets/index.js';

export interface SheetRequest {
  readonly body: unknown;
}

/** The rows of what was sent: a CSV as it streams in, a workbook as a whole. */
export async function sentRows({ body }: SheetRequest): Promise<AsyncIterable<string[]> | Iterable<string[]>> {
  if (Buffer.isBuffer(body)) return xlsxRows(body);
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
    return csvRows(body as AsyncIterable<Uint8Array>);
  throw new SheetError('请以 CSV 或 XLSX 文件提交');
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
