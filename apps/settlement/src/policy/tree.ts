/** 取值树: a value, or a choice by one dimension, as deep as the policy needs. Pure; docs/policy-packs.md section 2. */

export const dimensions = [
  'level',
  'category',
  'tier',
  'identity',
  'route',
  'where',
  'area',
  'setting',
  'age',
  'disease',
] as const;
export type Dimension = (typeof dimensions)[number];

export interface Leaf<T> {
  readonly value: T;
  /** Why nobody should rely on it yet. */
  readonly unconfirmed?: string;
}

/** 政策未规定. */
export interface Open {
  readonly open: true;
}

export interface AgeRange {
  readonly from: number;
  readonly to: number;
}

export interface Branch<T> {
  readonly by: Dimension;
  readonly cases: ReadonlyMap<string, Tree<T>>;
  readonly ages: readonly { readonly range: AgeRange; readonly tree: Tree<T> }[];
  readonly otherwise?: Tree<T>;
}

export type Tree<T> = Leaf<T> | Open | Branch<T>;

export const leaf = <T>(value: T): Leaf<T> => ({ value });
export const isOpen = <T>(tree: Tree<T>): tree is Open => 'open' in tree;
export const isBranch = <T>(tree: Tree<T>): tree is Branch<T> => 'by' in tree;

/** What a bill says for each dimension. */
export interface Position {
  readonly level: string;
  readonly category: string;
  readonly tier: string;
  readonly identity: string;
  readonly route: string;
  readonly where: string;
  readonly area: string;
  readonly setting: string;
  /** Null where nobody knows: then a choice by age leads nowhere, not even to `else`. */
  readonly age: number | null;
  readonly disease?: string;
}

/** The leaf that a bill comes to; undefined where the policy says nothing. */
export function pick<T>(tree: Tree<T>, at: Position): Leaf<T> | undefined {
  const end = walk(tree, at);
  return end === undefined || isBranch(end) || isOpen(end) ? undefined : end;
}

/** Follows the branches that fit down to a leaf, or to a choice by this dimension; undefined where no branch fits. */
export function walk<T>(tree: Tree<T>, at: Position, until?: Dimension): Tree<T> | undefined {
  let here: Tree<T> | undefined = tree;
  while (here !== undefined && isBranch(here) && here.by !== until) here = follow(here, at);
  return here;
}

function follow<T>({ by, cases, ages, otherwise }: Branch<T>, at: Position): Tree<T> | undefined {
  if (by === 'age') {
    const { age } = at;
    return age === null
      ? undefined
      : (ages.find(({ range }) => range.from <= age && age <= range.to)?.tree ?? otherwise);
  }
  const value = at[by];
  return (value === undefined ? undefined : cases.get(value)) ?? otherwise;
}

/** Every choice of a tree, from the outermost in. */
function* choicesOf<T>(tree: Tree<T>): Generator<Branch<T>> {
  if (!isBranch(tree)) return;
  yield tree;
  const branches = [...tree.cases.values(), ...tree.ages.map((age) => age.tree), tree.otherwise];
  for (const branch of branches) if (branch !== undefined) yield* choicesOf(branch);
}

/** Whether a tree has a choice by this dimension anywhere. */
export const goesBy = <T>(tree: Tree<T>, dimension: Dimension): boolean =>
  [...choicesOf(tree)].some(({ by }) => by === dimension);

/** The areas that a tree names. */
export const namedAreas = <T>(tree: Tree<T>): string[] =>
  [...choicesOf(tree)].flatMap(({ by, cases }) => (by === 'area' ? [...cases.keys()] : []));

/** The ages at which a tree begins another branch. */
export const namedAges = <T>(tree: Tree<T>): number[] =>
  [...choicesOf(tree)].flatMap(({ ages }) => ages.map(({ range }) => range.from));

/** Every leaf of a tree. */
export function* leavesOf<T>(tree: Tree<T>): Generator<Leaf<T>> {
  if (isOpen(tree)) return;
  if (!isBranch(tree)) {
    yield tree;
    return;
  }
  for (const branch of tree.cases.values()) yield* leavesOf(branch);
  for (const { tree: branch } of tree.ages) yield* leavesOf(branch);
  if (tree.otherwise !== undefined) yield* leavesOf(tree.otherwise);
}
