import type { Yuan } from './money.js';
import type { Answer, Personal } from './model.js';

const negative = <T extends Record<string, Yuan>>(amounts: T): T =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.negated()])) as T;

/** Section 9: the exact negative of what was, in the benefit years in which it was. */
export function refund(original: Answer): Answer {
  const moves = Object.entries(original.moves).map(([year, names]) => [year, negative(names)]);
  return {
    years: original.years,
    total: original.total.negated(),
    deductible: original.deductible.negated(),
    ratio: original.ratio,
    layers: negative(original.layers),
    funds: negative(original.funds),
    personal: negative(original.personal as Personal & Record<string, Yuan>),
    hospital: original.hospital.negated(),
    account: original.account.negated(),
    cash: original.cash.negated(),
    moves: Object.fromEntries(moves) as Answer['moves'],
    rests: original.rests,
  };
}
