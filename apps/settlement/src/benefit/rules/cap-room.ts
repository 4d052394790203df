import { least, most, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { CapClause } from '../../policy/policy-pack.js';
import { isBranch, walk } from '../../policy/tree.js';
import { OpenClause } from '../reckoning.js';
import type { Reckoning } from '../reckoning.js';

/** 剩余限额: what is left under a ceiling; null where there is no ceiling. */
export function capRoom(cap: CapClause, bill: Reckoning): Fen | null {
  const tree = walk(cap.amount, bill.at, 'disease');
  const byDisease = tree !== undefined && isBranch(tree);
  const amount = byDisease ? ofDiseases(cap, bill) : bill.value(cap.amount, cap.clause, cap.name);
  if (cap.clause.unconfirmed !== undefined) bill.rest(cap.clause);
  if (amount === null) return null;
  const name = bill.capName(cap);
  return most(0n, amount - (name === undefined ? 0n : bill.used(name)));
}

/** 多病种限额 (N31): the highest, the sum, or the chosen disease and a little for all others, also where those have no limit. */
function ofDiseases({ amount, several, clause }: CapClause, bill: Reckoning): Fen | null {
  const { diseases } = bill.facts;
  const of = (disease: string): Fen | null => bill.value(amount, clause, disease, { ...bill.at, disease });
  const [first, ...others] = diseases;
  if (first === undefined) throw new OpenClause(`${clause.pack} ${clause.clause}（病种）`);
  const main = of(first);
  const more = others.map(of);
  if (main === null) return null;
  const limited = more.filter((one) => one !== null);
  if (typeof several === 'object')
    return main + (limited.length < more.length ? several.mainPlusFen : least(sum(limited), several.mainPlusFen));
  if (limited.length < more.length) return null;
  return several === 'sum' ? main + sum(limited) : limited.reduce(most, main);
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
