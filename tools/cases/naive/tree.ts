import { fieldsOf, isFields, isGiven, textOf, textsOf } from './fields.js';
import { number, type Yuan } from './money.js';
import { Refusal, type Fields, type Node } from './model.js';

/** What trees and `when` look at. `identities` is the list of the pack, in its order. */
export interface Facts {
  level: string;
  category: string;
  tier: string | undefined;
  identity: string;
  route: string;
  where: string;
  area: string;
  setting: string;
  age: number | undefined;
  diseases: readonly string[];
  /** id of the pack that is looked into */
  pack: string;
  /** the whole pack is unconfirmed, and so each of its clauses */
  unconfirmed: boolean;
  /** clauses that nobody has confirmed and that the answer rests on */
  rests: Set<string>;
}

const restOn = (facts: Facts, clause: string): unknown => facts.rests.add(`${facts.pack} ${clause}`);

/** A step uses this clause. */
export function use(clause: Fields, facts: Facts): void {
  if (facts.unconfirmed || isGiven(clause['unconfirmed'])) restOn(facts, textOf(clause['clause']));
}

/** Section 2: follows the branches that fit, down to a value. */
export function valueAt(node: Node | undefined, facts: Facts, clause: string): Node {
  if (node === 'open') throw new Refusal('POLICY_MISSING', clause);
  if (!isGiven(node)) throw new Refusal('PACK_WRONG', `${clause}: a value is missing`);
  if (!isFields(node)) return node;
  if (isGiven(node['by'])) return valueAt(branchOf(node, facts, clause), facts, clause);
  if (!('value' in node)) return node;
  if (isGiven(node['unconfirmed'])) restOn(facts, clause);
  return valueAt(node['value'], facts, clause);
}

export function branchOf(tree: Fields, facts: Facts, clause: string, disease?: string): Node {
  const by = textOf(tree['by']);
  if (by === 'age' && facts.age === undefined) throw new Refusal('POLICY_MISSING', clause);
  // Values that share a branch stand in one key, with strokes between them.
  const branches = Object.entries(tree).filter(([key]) => key !== 'by' && key !== 'else');
  const found = branches.find(([key]) => key.split('/').some((value) => fits(by, value.trim(), facts, disease)));
  const branch = found?.[1] ?? tree['else'];
  if (branch === undefined) throw new Refusal('POLICY_MISSING', clause);
  return branch;
}

function fits(by: string, value: string, facts: Facts, disease?: string): boolean {
  if (by === 'age') return facts.age !== undefined && ageFits(value, facts.age);
  if (by === 'disease') return value === disease;
  return value === factOf(by, facts);
}

function factOf(by: string, facts: Facts): string | undefined {
  switch (by) {
    case 'level':
      return facts.level;
    case 'category':
      return facts.category;
    case 'tier':
      return facts.tier;
    case 'identity':
      return facts.identity;
    case 'route':
      return facts.route;
    case 'where':
      return facts.where;
    case 'area':
      return facts.area;
    case 'setting':
      return facts.setting;
    default:
      throw new Refusal('PACK_WRONG', `no dimension ${by}`);
  }
}

function ageFits(range: string, age: number): boolean {
  if (range.endsWith('+')) return age >= Number(range.slice(0, -1));
  const [from, to = from] = range.split('-');
  return age >= Number(from) && age <= Number(to);
}

/** `when`: values per dimension, all must hold. */
export function holds(when: Node | undefined, facts: Facts): boolean {
  if (facts.age === undefined && isGiven(fieldsOf(when)['age'])) throw new Refusal('POLICY_MISSING', 'age');
  return Object.entries(fieldsOf(when)).every(([by, values]) =>
    textsOf(values).some((value) => fits(by, value, facts)),
  );
}

/** A number, or nothing where the pack says `none` or does not say it at all. */
export function numberAt(node: Node | undefined, facts: Facts, clause: string): Yuan | undefined {
  if (!isGiven(node)) return undefined;
  const value = valueAt(node, facts, clause);
  return value === 'none' ? undefined : number(textOf(value));
}
