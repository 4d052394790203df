import { fieldsOf, isFields, isGiven, listOf, textOf } from './fields.js';
import type { Ledger } from './ledger.js';
import { least, most, number, sum, zero, type Yuan } from './money.js';
import { Refusal, type Fields, type Node } from './model.js';
import { branchOf, use, valueAt, type Facts } from './tree.js';

export interface Cap {
  kind: string;
  /** the accumulator; a ceiling for each bill has none */
  counter: string | undefined;
  /** nothing where the ceiling does not exist for this bill; what counts is remembered all the same */
  room: Yuan | undefined;
}

/** The ceilings of a clause, with what is left under each. */
export function capsOf(list: Node | undefined, facts: Facts, ledger: Ledger, month: string): Cap[] {
  return listOf(list)
    .map(fieldsOf)
    .map((cap) => {
      const amount = amountOf(cap['amount'], cap, facts);
      use(cap, facts);
      const counter = counterOf(cap, month);
      const used = counter === undefined ? zero : ledger.at(counter);
      const room = amount === undefined ? undefined : most(amount.minus(used), zero);
      return { kind: textOf(cap['kind']), counter, room };
    });
}

function counterOf(cap: Fields, month: string): string | undefined {
  const name = `cap.${textOf(cap['name'])}`;
  if (cap['per'] === 'bill') return undefined;
  return cap['per'] === 'month' ? `${name}@${month}` : name;
}

/** Where the tree comes to the diseases, `several` says how the amounts of several of them go together. */
function amountOf(node: Node | undefined, cap: Fields, facts: Facts, disease?: string): Yuan | undefined {
  const clause = textOf(cap['clause']);
  if (isFields(node) && isGiven(node['by'])) {
    if (node['by'] !== 'disease') return amountOf(branchOf(node, facts, clause), cap, facts, disease);
    if (facts.diseases.length === 0) throw new Refusal('POLICY_MISSING', clause);
    const amounts = facts.diseases.map((each) => amountOf(branchOf(node, facts, clause, each), cap, facts, each));
    return together(amounts, cap['several']);
  }
  const value = valueAt(node, facts, clause);
  return value === 'none' ? undefined : number(textOf(value));
}

function together(amounts: readonly (Yuan | undefined)[], several: Node | undefined): Yuan | undefined {
  const [main, ...others] = amounts;
  if (others.length === 0) return main;
  if (main === undefined) return undefined;
  const given = others.filter((amount) => amount !== undefined);
  const othersFree = given.length < others.length;
  if (isFields(several)) {
    const atMost = number(textOf(several['mainPlus']));
    return main.plus(othersFree ? atMost : least(atMost, sum(given)));
  }
  if (othersFree) return undefined;
  return several === 'highest' ? most(main, ...given) : main.plus(sum(given));
}

export const roomUnder = (caps: readonly Cap[], kind: string, wanted: Yuan): Yuan =>
  least(wanted, ...caps.filter((cap) => cap.kind === kind).flatMap((cap) => cap.room ?? []));

export function growCaps(caps: readonly Cap[], kind: string, by: Yuan, ledger: Ledger): void {
  for (const cap of caps) if (cap.kind === kind && cap.counter !== undefined) ledger.grow(cap.counter, by);
}
