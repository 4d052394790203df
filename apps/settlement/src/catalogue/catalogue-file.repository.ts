import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { RefusedRow } from './catalogue-row.js';

/** 目录文件: what became of a file of catalogue items. */
export interface CatalogueFile {
  readonly fileNo: number;
  readonly area: string;
  readonly loadedBy: string;
  readonly loadedAt: Date;
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
}

export async function saveCatalogueFile(
  tx: Transaction,
  file: Omit<CatalogueFile, 'fileNo'>,
  refusals: readonly RefusedRow[],
): Promise<number> {
  const saved = await one<{ fileNo: number }>(
    tx,
    `insert into catalogue_file (area, loaded_by, loaded_at, total, added, changed, same, refusals)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning file_no::int as "fileNo"`,
    [
      ...[file.area, file.loadedBy, file.loadedAt, file.total, file.added, file.changed, file.same],
      JSON.stringify(refusals),
    ],
  );
  return saved?.fileNo ?? 0;
}

export const findCatalogueFile = (tx: Transaction, area: string, fileNo: string): Promise<CatalogueFile | undefined> =>
  one<CatalogueFile>(
    tx,
    `select file_no::int as "fileNo", area, loaded_by as "loadedBy", loaded_at as "loadedAt", total, added, changed, same,
            jsonb_array_length(refusals) as refused from catalogue_file where area = $1 and file_no = $2`,
    [area, fileNo],
  );

export const refusedRowsOf = async (tx: Transaction, area: string, fileNo: string): Promise<RefusedRow[]> => {
  const [found] = await rows<{ refusals: RefusedRow[] }>(
    tx,
    'select refusals from catalogue_file where area = $1 and file_no = $2',
    [area, fileNo],
  );
  return found?.refusals ?? [];
};
