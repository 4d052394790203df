import type { EntityManager } from 'typeorm';

/** A database transaction that is under way. */
export type Transaction = EntityManager;

/** All rows of a query; R is the shape that the SQL selects. */
export function rows<R>(tx: Transaction, sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
  return tx.query<R[]>(sql, [...parameters]);
}

/** The one row of a query, or undefined; more than one is a bug. */
export async function one<R>(
  tx: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<R | undefined> {
  const found = await rows<R>(tx, sql, parameters);
  if (found.length > 1) throw new Error(`expected at most one row, got ${found.length}`);
  return found[0];
}

/** Runs a statement that changes rows and says how many it changed. */
export async function changed(tx: Transaction, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  const result: unknown = await tx.query(
    `with touched as (${sql} returning 1) select count(*)::int as n from touched`,
    [...parameters],
  );
  return (result as { n: number }[])[0]?.n ?? 0;
}
