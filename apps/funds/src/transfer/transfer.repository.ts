import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Transfer } from './transfer.js';

const columns = `transfer_no as "transferNo", purpose, period, payer, payee, amount_fen as "amountFen", state, opened_on as "openedOn",
  returned, source, paid_by as "paidBy", confirmed_on as "confirmedOn", version,
  case when bank_name is null then null
       else json_build_object('bankName', bank_name, 'transactionNo', transaction_no, 'transactionDate', transaction_date) end as bank`;

export const lockTransfer = (tx: Transaction, transferNo: string): Promise<Transfer | undefined> =>
  one<Transfer>(tx, `select ${columns} from transfer where transfer_no = $1 for update`, [transferNo]);

export const listTransfers = (
  tx: Transaction,
  wanted: { purpose: string | null; period: string | null; payer: string | null },
): Promise<Transfer[]> =>
  rows<Transfer>(
    tx,
    `select ${columns} from transfer where ($1::text is null or purpose = $1) and ($2::text is null or period = $2)
       and ($3::text is null or payer = $3) order by transfer_no limit 2000`,
    [wanted.purpose, wanted.period, wanted.payer],
  );

export async function insertTransfer(tx: Transaction, one: Transfer): Promise<void> {
  await tx.query(
    `insert into transfer (transfer_no, purpose, period, payer, payee, amount_fen, state, opened_on, returned, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[one.transferNo, one.purpose, one.period, one.payer, one.payee, one.amountFen, one.state, one.openedOn],
      ...[one.returned, one.source],
    ],
  );
}

export async function saveTransfer(
  tx: Transaction,
  { transferNo, state, bank, paidBy, confirmedOn }: Transfer,
): Promise<void> {
  await tx.query(
    `update transfer set state = $2, bank_name = $3, transaction_no = $4, transaction_date = $5, paid_by = $6, confirmed_on = $7, version = version + 1
     where transfer_no = $1`,
    [
      transferNo,
      state,
      bank?.bankName ?? null,
      bank?.transactionNo ?? null,
      bank?.transactionDate ?? null,
      paidBy,
      confirmedOn,
    ],
  );
}
