import type { Accumulators, YearBook } from './benefit.js';

/** 累计变动: books by benefit year, added and taken back. */
export function addBooks(before: YearBook, changes: YearBook): YearBook {
  const after: Record<string, Accumulators> = { ...before };
  for (const [year, names] of Object.entries(changes)) {
    const sums: Record<string, bigint> = { ...after[year] };
    for (const [name, amount] of Object.entries(names)) sums[name] = (sums[name] ?? 0n) + amount;
    after[year] = sums;
  }
  return after;
}

/** 退费 (N42 H52): the exact negative of what a settlement moved, in the benefit years in which it moved it. */
export const negateBook = (book: YearBook): YearBook =>
  Object.fromEntries(
    Object.entries(book).map(([year, names]) => [
      year,
      Object.fromEntries(Object.entries(names).map(([name, amount]) => [name, -amount])),
    ]),
  );
