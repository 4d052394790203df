import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Quota } from './quota.js';

const columns = `year, payer, payee, exact_fen as "exactFen", quota_fen as "quotaFen", state, prepared_by as "preparedBy", effective_on as "effectiveOn"`;

export const quotasOf = (tx: Transaction, year: number): Promise<Quota[]> =>
  rows<Quota>(tx, `select ${columns} from quota where year = $1 order by payer, payee`, [year]);

export const lockQuotas = (tx: Transaction, year: number): Promise<Quota[]> =>
  rows<Quota>(tx, `select ${columns} from quota where year = $1 order by payer, payee for update`, [year]);

/** Prepared figures may be replaced until they are approved. */
export async function saveQuota(tx: Transaction, quota: Quota, on: Day): Promise<void> {
  await tx.query(
    `insert into quota as q (year, payer, payee, exact_fen, quota_fen, state, prepared_by, prepared_on)
     values ($1, $2, $3, $4, $5, 'prepared', $6, $7)
     on conflict (year, payer, payee) do update set exact_fen = excluded.exact_fen, quota_fen = excluded.quota_fen,
       prepared_by = excluded.prepared_by, prepared_on = excluded.prepared_on where q.state = 'prepared'`,
    [quota.year, quota.payer, quota.payee, quota.exactFen, quota.quotaFen, quota.preparedBy, on],
  );
}

export async function approveQuotas(tx: Transaction, year: number, by: string, on: Day): Promise<void> {
  await tx.query(
    `update quota set state = 'approved', approved_by = $2, effective_on = $3 where year = $1 and state = 'prepared'`,
    [year, by, on],
  );
}
