import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';

export type AccountEntryKind = 'credit' | 'charge' | 'refund' | 'merge';

export interface AccountMove {
  readonly personNo: string;
  readonly kind: AccountEntryKind;
  readonly reference: string;
  readonly amountFen: Fen;
  readonly at: Date;
}

/** Balances of several persons; whoever has no account is not in the map. Locked until the transaction ends. */
export async function lockBalances(tx: Transaction, personNos: readonly string[]): Promise<Map<string, Fen>> {
  const found = await rows<{ person_no: string; balance_fen: Fen }>(
    tx,
    'select person_no, balance_fen from account where person_no = any($1) order by person_no for update',
    [personNos],
  );
  return new Map(found.map(({ person_no, balance_fen }) => [person_no, balance_fen]));
}

export const readBalances = async (tx: Transaction, personNos: readonly string[]): Promise<Map<string, Fen>> => {
  const found = await rows<{ person_no: string; balance_fen: Fen }>(
    tx,
    'select person_no, balance_fen from account where person_no = any($1)',
    [personNos],
  );
  return new Map(found.map(({ person_no, balance_fen }) => [person_no, balance_fen]));
};

/** Moves a balance and writes the entry beside it; a reference counts once. Answers the balance after it. */
export async function moveBalance(tx: Transaction, move: AccountMove): Promise<Fen> {
  const moved = await one<{ balance_fen: Fen }>(
    tx,
    `with touched as (update account set balance_fen = balance_fen + $2 where person_no = $1 returning balance_fen)
     select balance_fen from touched`,
    [move.personNo, move.amountFen],
  );
  if (moved === undefined) throw new Error('an account must be there before it moves');
  await tx.query(
    `insert into account_entry (person_no, kind, reference, amount_fen, balance_after_fen, entered_at) values ($1, $2, $3, $4, $5, $6)`,
    [move.personNo, move.kind, move.reference, move.amountFen, moved.balance_fen, move.at],
  );
  return moved.balance_fen;
}

/** 账户并入: the whole balance of a number that was merged goes to the one that goes on. */
export async function carryBalance(tx: Transaction, personNo: string, livingNo: string, at: Date): Promise<void> {
  const balanceFen = (await lockBalances(tx, [personNo, livingNo])).get(personNo);
  if (balanceFen === undefined) return;
  await tx.query(
    `insert into account (person_no, home_area, balance_fen) select $2, home_area, 0 from account where person_no = $1
     on conflict (person_no) do nothing`,
    [personNo, livingNo],
  );
  const entry = { kind: 'merge', at } as const;
  await moveBalance(tx, { ...entry, personNo, reference: `merge-into-${livingNo}`, amountFen: -balanceFen });
  await moveBalance(tx, { ...entry, personNo: livingNo, reference: `merge-of-${personNo}`, amountFen: balanceFen });
}
