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
 * 扣款分摊 (H49): over what each fund paid, in proportion, rounded down; what is left goes to the pooling fund, and where that
 * has nothing left to give, to the others. The personal account gives only what the funds cannot. Undefined when the
 * deduction is more than all of them paid.
 */
export function allocateDeduction(deductionFen: Fen, payers: readonly Payer[]): Payer[] | undefined {
  const paying = payers.filter(({ amountFen }) => amountFen > 0n);
  if (deductionFen <= 0n || deductionFen > sum(paying.map(({ amountFen }) => amountFen))) return undefined;
  const funds = paying.filter(({ fundType }) => fundType !== personalAccountType);
  const fundsPaid = sum(funds.map(({ amountFen }) => amountFen));
  const fromFunds = least(deductionFen, fundsPaid);
  const shares = withRest(
    fromFunds,
    funds.map(({ fundType, amountFen }) => ({
      fundType,
      paidFen: amountFen,
      amountFen: (fromFunds * amountFen) / fundsPaid,
    })),
  );
  const fromAccount = { fundType: personalAccountType, amountFen: deductionFen - fromFunds };
  return [...shares, fromAccount].filter(({ amountFen }) => amountFen > 0n);
}

interface Share extends Payer {
  readonly paidFen: Fen;
}

/** Brings rounded shares up to the whole, the pooling fund before the others, nobody above what it paid. */
function withRest(wholeFen: Fen, shares: readonly Share[]): Payer[] {
  let restFen = wholeFen - sum(shares.map(({ amountFen }) => amountFen));
  const extras = new Map<string, Fen>();
  const isPool = ({ fundType }: Share): boolean => poolTypes.has(fundType);
  for (const share of [...shares.filter(isPool), ...shares.filter((one) => !isPool(one))]) {
    const extraFen = least(restFen, share.paidFen - share.amountFen);
    extras.set(share.fundType, extraFen);
    restFen -= extraFen;
  }
  return shares.map(({ fundType, amountFen }) => ({ fundType, amountFen: amountFen + (extras.get(fundType) ?? 0n) }));
}
