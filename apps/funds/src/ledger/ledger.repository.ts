import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import { balances } from './ledger.js';
import type { LedgerEntry } from './ledger.js';

/** Books an entry once; the database checks at commit that it balances. */
export async function book(tx: Transaction, entry: LedgerEntry): Promise<void> {
  if (!balances(entry)) throw new Error(`entry ${entry.reference} does not balance`);
  const stored = await one<{ entry_id: bigint }>(
    tx,
    `insert into ledger_entry (day, currency, reference, memo) values ($1, 'CNY', $2, $3) returning entry_id`,
    [entry.day, entry.reference, entry.memo],
  );
  await tx.query(
    `insert into ledger_line (entry_id, line, owner, account, debit_fen, credit_fen)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])`,
    [
      stored?.entry_id,
      entry.lines.map((_, index) => index + 1),
      entry.lines.map(({ owner }) => owner),
      entry.lines.map(({ account }) => account),
      entry.lines.map(({ debitFen }) => debitFen),
      entry.lines.map(({ creditFen }) => creditFen),
    ],
  );
}

export interface DayCheck {
  readonly day: Day;
  readonly currency: string;
  readonly debit: Fen;
  readonly credit: Fen;
}

/** 借贷平衡: per day and currency. */
export const dayChecks = (tx: Transaction): Promise<DayCheck[]> =>
  rows(
    tx,
    `select e.day, e.currency, sum(l.debit_fen)::bigint as debit, sum(l.credit_fen)::bigint as credit
     from ledger_entry e join ledger_line l using (entry_id) group by e.day, e.currency order by e.day, e.currency`,
  );

export interface Balance {
  readonly owner: string;
  readonly account: string;
  readonly balance: Fen;
}

/** Debit balances are positive. */
export const accountBalances = (tx: Transaction): Promise<Balance[]> =>
  rows(
    tx,
    `select owner, account, sum(debit_fen - credit_fen)::bigint as balance from ledger_line group by owner, account order by owner, account`,
  );

export interface EntryLine {
  readonly day: Day;
  readonly reference: string;
  readonly memo: string;
  readonly owner: string;
  readonly account: string;
  readonly debit: Fen;
  readonly credit: Fen;
}

export const entryLines = (tx: Transaction, from: Day, to: Day): Promise<EntryLine[]> =>
  rows(
    tx,
    `select e.day, e.reference, e.memo, l.owner, l.account, l.debit_fen as debit, l.credit_fen as credit
     from ledger_entry e join ledger_line l using (entry_id) where e.day between $1 and $2 order by e.entry_id, l.line limit 5000`,
    [from, to],
  );
