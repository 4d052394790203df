import type { Day } from '#shared/clock';
import { one } from '#shared/database';
import type { Transaction } from '#shared/database';

export interface FileRow {
  readonly name: string;
  readonly content: Uint8Array;
  readonly uploadedAt: Date;
}

/** 文件查询号: F, day, sequence. */
async function nextFileNo(tx: Transaction, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('uploaded_file_number') as n`);
  return `F${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(9, '0')}`;
}

export async function insertFile(tx: Transaction, institutionCode: string, file: FileRow, on: Day): Promise<string> {
  const fileNo = await nextFileNo(tx, on);
  await tx.query(
    'insert into uploaded_file (file_no, institution_code, name, content, uploaded_at) values ($1, $2, $3, $4, $5)',
    [...[fileNo, institutionCode, file.name, Buffer.from(file.content), file.uploadedAt]],
  );
  return fileNo;
}

/** An institution sees its own files only. */
export const findFile = (tx: Transaction, institutionCode: string, fileNo: string): Promise<FileRow | undefined> =>
  one<FileRow>(
    tx,
    'select name, content, uploaded_at as "uploadedAt" from uploaded_file where file_no = $1 and institution_code = $2',
    [fileNo, institutionCode],
  );
