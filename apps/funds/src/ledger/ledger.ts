import type { Day } from '#shared/clock';
import { sum } from '#shared/money';
import type { Fen } from '#shared/money';

/** 分录行: one side of one account in the books of one agency. */
export interface LedgerLine {
  /** Whose books. */
  readonly owner: string;
  readonly account: string;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}

/** 分录: a move of money or of a claim; debits and credits are equal, in total and in the books of each agency. */
export interface LedgerEntry {
  readonly day: Day;
  /** Counts once: the same move is never booked twice. */
  readonly reference: string;
  readonly memo: string;
  readonly lines: readonly LedgerLine[];
}

const debit = (owner: string, account: string, amountFen: Fen): LedgerLine => ({
  owner,
  account,
  debitFen: amountFen,
  creditFen: 0n,
});
const credit = (owner: string, account: string, amountFen: Fen): LedgerLine => ({
  owner,
  account,
  debitFen: 0n,
  creditFen: amountFen,
});

/** Debit one account and credit another in the same books. */
export const move = (owner: string, from: string, to: string, amountFen: Fen): LedgerLine[] => [
  debit(owner, to, amountFen),
  credit(owner, from, amountFen),
];

export const balances = ({ lines }: LedgerEntry): boolean => {
  const owners = [...new Set(lines.map(({ owner }) => owner))];
  return owners.every((owner) => {
    const own = lines.filter((line) => line.owner === owner);
    return sum(own.map(({ debitFen }) => debitFen)) === sum(own.map(({ creditFen }) => creditFen));
  });
};
