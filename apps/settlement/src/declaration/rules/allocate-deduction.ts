import { least, sum } from '#shared/money';
import type { Fen } from '#shared/money';

export interface Payer {
  readonly fundType: string;
  readonly amountFen: Fen;
}

/** 个人账户 as a payer of the declaration. */
export const personalAccountType = '310200';
const poolTypes: ReadonlySet<string> = new Set(['310100', '390100']);

/**
 * 扣款分摊 (H49): over what each fund paid, in proportion, rounded down; what is left goes to the pooling fund. The personal
 * account gives only what the funds cannot. Undefined when the deduction is more than all of them paid.
 */
export function allocateDeduction(deductionFen: Fen, payers: readonly Payer[]): Payer[] | undefined {
  const paying = payers.filter(({ amountFen }) => amountFen > 0n);
  if (deductionFen <= 0n || deductionFen > sum(paying.map(({ amountFen }) => amountFen))) return undefined;
  const funds = paying.filter(({ fundType }) => fundType !== personalAccountType);
  const fundsPaid = sum(funds.map(({ amountFen }) => amountFen));
  const fromFunds = least(deductionFen, fundsPaid);
  const pool = funds.find(({ fundType }) => poolTypes.has(fundType)) ?? funds[0];
  const shares = funds.map(({ fundType, amountFen }) => ({ fundType, amountFen: (fromFunds * amountFen) / fundsPaid }));
  const rest = fromFunds - sum(shares.map(({ amountFen }) => amountFen));
  const whole = shares.map((share) =>
    share.fundType === pool?.fundType ? { ...share, amountFen: share.amountFen + rest } : share,
  );
  const fromAccount = { fundType: personalAccountType, amountFen: deductionFen - fromFunds };
  return [...whole, fromAccount].filter(({ amountFen }) => amountFen > 0n);
}
