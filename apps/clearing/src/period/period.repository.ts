import type { Day, Month } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Period } from './period.js';

const columns = `period, state, tabled_on as "tabledOn", closed_on as "closedOn"`;

/** The period, opened when it is first spoken of, and locked. */
export async function lockPeriod(tx: Transaction, period: Month): Promise<Period> {
  await tx.query(`insert into period (period, state) values ($1, 'open') on conflict do nothing`, [period]);
  const found = await one<Period>(tx, `select ${columns} from period where period = $1 for update`, [period]);
  if (found === undefined) throw new Error(`period ${period} has vanished`);
  return found;
}

export const findPeriod = (tx: Transaction, period: Month): Promise<Period | undefined> =>
  one<Period>(tx, `select ${columns} from period where period = $1`, [period]);

export async function savePeriod(tx: Transaction, { period, state, tabledOn, closedOn }: Period): Promise<void> {
  await tx.query('update period set state = $2, tabled_on = $3, closed_on = $4 where period = $1', [
    period,
    state,
    tabledOn,
    closedOn,
  ]);
}

export async function keepUpload(
  tx: Transaction,
  upload: { period: Month; province: string; items: number; late: number; on: Day; by: string },
): Promise<void> {
  await tx.query(
    `insert into upload as u (period, province, items, late, uploaded_on, uploaded_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (period, province) do update set items = u.items + excluded.items, late = u.late + excluded.late,
       uploaded_on = excluded.uploaded_on, uploaded_by = excluded.uploaded_by`,
    [upload.period, upload.province, upload.items, upload.late, upload.on, upload.by],
  );
}

export interface Upload {
  readonly province: string;
  readonly items: number;
  readonly late: number;
  readonly uploadedOn: Day;
}

export const uploadsOf = (tx: Transaction, period: Month): Promise<Upload[]> =>
  rows<Upload>(
    tx,
    `select province, items, late, uploaded_on as "uploadedOn" from upload where period = $1 order by province`,
    [period],
  );

export async function keepConfirmation(
  tx: Transaction,
  period: Month,
  province: string,
  on: Day,
  by: string,
): Promise<void> {
  await tx.query(
    'insert into confirmation (period, province, confirmed_on, confirmed_by) values ($1, $2, $3, $4) on conflict do nothing',
    [...[period, province, on, by]],
  );
}

export const confirmedBy = async (tx: Transaction, period: Month): Promise<string[]> => {
  const found = await rows<{ province: string }>(
    tx,
    'select province from confirmation where period = $1 order by province',
    [period],
  );
  return found.map(({ province }) => province);
};
