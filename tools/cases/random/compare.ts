import type { Figures, History, HistoryBill, Teller } from './history.js';

export interface Difference {
  /** the last bill that was computed */
  bill: HistoryBill;
  /** figure → what the naive engine and the real one say */
  figures: Record<string, readonly [naive: string, real: string]>;
}

/** Sends a history through both engines and stops at the first bill on which they do not agree. */
export function compare({ bills }: Pick<History, 'bills'>, naive: Teller, real: Teller): Difference | undefined {
  for (const bill of bills) {
    const figures = differences(naive.next(bill), real.next(bill));
    if (figures !== undefined) return { bill, figures };
  }
  return undefined;
}

function differences(naive: Figures, real: Figures): Difference['figures'] | undefined {
  const names = [...new Set([...Object.keys(naive), ...Object.keys(real)])];
  const different = names.filter((name) => naive[name] !== real[name]);
  if (different.length === 0) return undefined;
  return Object.fromEntries(different.map((name) => [name, [naive[name] ?? '–', real[name] ?? '–'] as const]));
}
