import type { Figures, History, HistoryBill, Teller } from './history.js';

export interface Difference {
  /** the bill on which the engines do not agree */
  bill: HistoryBill;
  /** the names of the figures that are not the same */
  names: readonly string[];
  naive: Figures;
  real: Figures;
}

export interface Comparison {
  /** how many bills both engines refused */
  refused: number;
  difference?: Difference;
}

/** Sends a history through both engines and stops at the first bill on which they do not agree in every figure. */
export function compare({ bills }: Pick<History, 'bills'>, naiveTeller: Teller, realTeller: Teller): Comparison {
  let refused = 0;
  for (const bill of bills) {
    const naive = naiveTeller.next(bill);
    const real = realTeller.next(bill);
    const names = [...new Set([...Object.keys(naive), ...Object.keys(real)])];
    const different = names.filter((name) => naive[name] !== real[name]);
    if (different.length > 0) return { refused, difference: { bill, names: different, naive, real } };
    if ('refused' in naive) refused += 1;
  }
  return { refused };
}
