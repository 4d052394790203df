import { least, most, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { CapClause } from '../../policy/policy-pack.js';
import type { Reckoning } from '../reckoning.js';

/** 剩余限额: what is left under a ceiling; null where there is no ceiling. */
export function capRoom(cap: CapClause, bill: Reckoning): Fen | null {
  const amount = cap.several === undefined ? bill.value(cap.amount, cap.clause, cap.name) : severalDiseases(cap, bill);
  if (cap.clause.unconfirmed !== undefined) bill.rest(cap.clause);
  if (amount === null) return null;
  const name = bill.capName(cap);
  return most(0n, amount - (name === undefined ? 0n : bill.used(name)));
}

/** 多病种限额 (N31): the highest, the sum, or the chosen disease and a little for all others. */
function severalDiseases(cap: CapClause, bill: Reckoning): Fen | null {
  const { diseases } = bill.facts;
  const named = diseases.length === 0 ? [undefined] : diseases;
  const amounts = named.map((disease) =>
    bill.value(cap.amount, cap.clause, disease ?? '病种', disease === undefined ? bill.at : { ...bill.at, disease }),
  );
  if (amounts.includes(null)) return null;
  const [main = 0n, ...others] = amounts as Fen[];
  if (cap.several === 'sum') return main + sum(others);
  if (typeof cap.several === 'object') return main + least(sum(others), cap.several.mainPlusFen);
  return others.reduce(most, main);
}

/** The least of what is left under all ceilings of a kind, and the clause that binds. */
export function narrowest(
  caps: readonly CapClause[],
  kind: CapClause['kind'],
  bill: Reckoning,
): { roomFen: Fen; cap: CapClause } | undefined {
  let found: { roomFen: Fen; cap: CapClause } | undefined;
  for (const cap of caps) {
    if (cap.kind !== kind) continue;
    const roomFen = capRoom(cap, bill);
    if (roomFen !== null && (found === undefined || roomFen < found.roomFen)) found = { roomFen, cap };
  }
  return found;
}

/** What counted under the ceilings is remembered for the rest of the month or year. */
export function useCaps(caps: readonly CapClause[], kind: CapClause['kind'], amountFen: Fen, bill: Reckoning): void {
  for (const cap of caps) {
    const name = cap.kind === kind ? bill.capName(cap) : undefined;
    if (name !== undefined) bill.move(name, amountFen);
  }
}
