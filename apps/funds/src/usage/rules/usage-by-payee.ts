import { sum } from '#shared/money';
import type { Fen } from '#shared/money';

export interface UsageFact {
  readonly payer: string;
  readonly payee: string;
  readonly clearedFen: Fen;
  readonly prepaymentFen: Fen;
}

export interface PayeeUsage {
  readonly payee: string;
  readonly clearedFen: Fen;
  readonly prepaymentFen: Fen;
  readonly pairs: readonly UsageFact[];
}

/** 收款省使用情况 (N18 N23): all payers' prepayments are one pool at the treatment place; the pairs stay visible. */
export function usageByPayee(pairs: readonly UsageFact[]): PayeeUsage[] {
  const payees = [...new Set(pairs.map(({ payee }) => payee))].sort();
  return payees.map((payee) => {
    const own = pairs.filter((pair) => pair.payee === payee);
    return {
      payee,
      clearedFen: sum(own.map(({ clearedFen }) => clearedFen)),
      prepaymentFen: sum(own.map(({ prepaymentFen }) => prepaymentFen)),
      pairs: own,
    };
  });
}
