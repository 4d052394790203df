import type { Fields, Node } from '../naive/model.js';
import type { Random } from './prng.js';
import { AGES, AREAS, PLACES, ROUTES, SETTINGS, type Plan } from './plan.js';

export interface TreeOptions {
  /** `none` may stand instead of a value */
  none?: boolean;
  /** no branch by place or route, so that the ceilings hold */
  samePlace?: boolean;
  /** branches by disease, as caps may have */
  disease?: boolean;
}

/** A value, or a choice by up to three dimensions, with `open` and unconfirmed values here and there. */
export function tree(plan: Plan, leaf: () => Node, options: TreeOptions = {}, used: readonly string[] = []): Node {
  const { random } = plan;
  const { disease = false, ...inner } = options;
  if (!disease && (used.length === 3 || random.chance(used.length === 0 ? 0.5 : 0.72))) {
    return leafOf(random, leaf, options);
  }
  const here = disease && (used.length > 1 || random.chance(0.75));
  const by = here ? 'disease' : random.pick(dimensions(plan, options).filter((one) => !used.includes(one)));
  // At least the first branch comes to the diseases in the end.
  let first = disease && !here;
  const next = (): Node => {
    const branch = tree(plan, leaf, { ...inner, disease: first || (disease && !here && random.chance(0.4)) }, [
      ...used,
      by,
    ]);
    first = false;
    return branch;
  };
  return { by, ...(by === 'age' ? ageBranches(random, next) : branches(plan, by, next)) };
}

function leafOf(random: Random, leaf: () => Node, { none = false }: TreeOptions): Node {
  const kind = random.next();
  if (kind < 0.002) return 'open';
  if (none && kind < 0.12) return 'none';
  return kind > 0.985 ? { value: leaf(), unconfirmed: 'not certain' } : leaf();
}

function dimensions({ domains }: Plan, { samePlace = false }: TreeOptions): string[] {
  return [
    ...['level', 'category', 'age', 'area', 'setting'],
    ...(domains.tiers.length > 0 ? ['tier'] : []),
    ...(domains.identities.length > 0 ? ['identity'] : []),
    ...(samePlace ? [] : ['route', 'where']),
  ];
}

export function valuesOf({ domains }: Plan, by: string): string[] {
  const known: Record<string, string[]> = {
    level: domains.levels,
    category: domains.categories,
    tier: domains.tiers,
    identity: [...domains.identities, 'none'],
    route: ROUTES,
    where: PLACES,
    disease: domains.diseases,
    area: AREAS,
    setting: SETTINGS,
    age: AGES,
  };
  return known[by] ?? [];
}

/** Values in groups that share a branch; the rest under `else` at times, always where a domain is open. */
function branches(plan: Plan, by: string, next: () => Node): Fields {
  const { random } = plan;
  const openDomain = by === 'area' || by === 'setting';
  const values = random.shuffled(valuesOf(plan, by));
  const others = openDomain || (by !== 'disease' && random.chance(0.25));
  const named = others ? values.slice(0, random.int(1, Math.min(3, values.length))) : values;
  const groups: string[][] = [];
  for (const value of named) {
    if (groups.length > 0 && random.chance(0.3)) groups.at(-1)?.push(value);
    else groups.push([value]);
  }
  const rows = groups.map((group) => [group.join(random.pick(['/', ' / '])), next()] as const);
  // A disease that is not named is open: one of them is forgotten now and then.
  const kept = by === 'disease' && rows.length > 1 && random.chance(0.1) ? rows.slice(1) : rows;
  return Object.fromEntries([...kept, ...(others ? [['else', next()] as const] : [])]);
}

function ageBranches(random: Random, next: () => Node): Fields {
  const edges = random.some([6, 18, 19, 45, 60, 61, 70], 1).slice(0, 3);
  const rows: Record<string, Node> = {};
  let from = 0;
  for (const edge of edges) {
    rows[edge - 1 === from ? String(from) : `${from}-${edge - 1}`] = next();
    from = edge;
  }
  rows[random.chance(0.2) ? 'else' : `${from}+`] = next();
  return rows;
}

/** `when`: some values of one or two dimensions. */
export function when(plan: Plan, samePlace: boolean): Fields {
  const { random } = plan;
  const dimension = ['level', 'category', 'route', 'where', 'area', 'setting', 'tier', 'identity', 'age'];
  const usable = dimension.filter(
    (by) => valuesOf(plan, by).length > 1 && !(samePlace && (by === 'route' || by === 'where')),
  );
  const chosen = random.shuffled(usable).slice(0, random.pick([1, 1, 1, 2]));
  return Object.fromEntries(chosen.map((by) => [by, random.some(valuesOf(plan, by), 1)]));
}
