import type { Clause, PolicyPack } from './policy-pack.js';
import { isBranch, leavesOf } from './tree.js';
import type { Tree } from './tree.js';

export interface Unconfirmed {
  /** The clause as people quote it. */
  readonly where: string;
  readonly why: string;
}

/** 未确认的条款: clauses and single values of a pack that nobody has confirmed yet. */
export function unconfirmedIn(pack: PolicyPack): Unconfirmed[] {
  const found = new Map<string, Unconfirmed>();
  visit(pack, undefined, (where, why) => found.set(`${where} ${why}`, { where, why }));
  return [...found.values()];
}

type Tell = (where: string, why: string) => void;

function visit(value: unknown, around: Clause | undefined, tell: Tell): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, around, tell);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isTree(value)) {
    for (const { unconfirmed } of leavesOf(value))
      if (unconfirmed !== undefined) tell(around?.clause ?? '', unconfirmed);
    return;
  }
  const { clause } = value as { clause?: Clause };
  const own = typeof clause === 'object' ? clause : around;
  if (own !== around && own?.unconfirmed !== undefined) tell(own.clause, own.unconfirmed);
  for (const [key, inner] of Object.entries(value)) if (key !== 'clause') visit(inner, own, tell);
}

const isTree = (value: object): value is Tree<unknown> =>
  'value' in value || 'open' in value || isBranch(value as Tree<unknown>);
