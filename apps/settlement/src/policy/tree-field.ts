import { orNone, text } from './fields.js';
import type { Field } from './fields.js';
import { places, routes, settings } from './policy-pack.js';
import type { Domains } from './policy-pack.js';
import type { Place } from './pack-text.js';
import { dimensions } from './tree.js';
import type { AgeRange, Branch, Dimension, Tree } from './tree.js';

/** How the values of a tree are read inside a pack with these domains; docs/policy-packs.md section 2. */
export class TreeFields {
  /** `byDisease`: whether trees may go by 慢特病病种, which only ceilings can tell apart. */
  constructor(
    private readonly domains: Domains,
    private readonly byDisease = false,
  ) {}

  /** For the amounts of ceilings. */
  get ofCeilings(): TreeFields {
    return new TreeFields(this.domains, true);
  }

  /** A tree whose values are of one kind. `name` is the JSON schema definition it gets. */
  of<T>(field: Field<T>): Field<Tree<T>> {
    return { schema: treeSchema(field.schema), read: (place) => this.readTree(place, field) };
  }

  orNone<T>(field: Field<T>): Field<Tree<T | null>> {
    return this.of(orNone(field));
  }

  private readTree<T>(place: Place, field: Field<T>): Tree<T> | undefined {
    if (place.scalar === 'open') return { open: true };
    if (place.get('by') !== undefined) return this.readBranch(place, field);
    const value = place.get('value');
    if (value === undefined) {
      const read = field.read(place);
      return read === undefined ? undefined : { value: read };
    }
    for (const [key, other] of place.entries())
      if (key !== 'value' && key !== 'unconfirmed') other.problem('unknown key; known are value, unconfirmed');
    const read = field.read(value);
    const why = place.get('unconfirmed');
    const unconfirmed = why === undefined ? undefined : text.read(why);
    return read === undefined ? undefined : { value: read, ...(unconfirmed === undefined ? {} : { unconfirmed }) };
  }

  private readBranch<T>(place: Place, field: Field<T>): Branch<T> | undefined {
    const by = dimensions.find((one) => one === place.get('by')?.scalar);
    if (by === undefined) {
      place.get('by')?.problem(`there is no such dimension; known are ${dimensions.join(', ')}`);
      return undefined;
    }
    if (by === 'disease' && !this.byDisease) place.get('by')?.problem('only the amount of a cap can go by disease');
    const cases = new Map<string, Tree<T>>();
    const ages: { range: AgeRange; tree: Tree<T> }[] = [];
    let otherwise: Tree<T> | undefined;
    for (const [keys, branch] of place.entries()) {
      if (keys === 'by') continue;
      const tree = this.readTree(branch, field) ?? { open: true as const };
      if (keys === 'else') otherwise = tree;
      else if (by === 'age') readAges(keys, branch).forEach((range) => ages.push({ range, tree }));
      else
        this.readValues(keys, branch, by).forEach((value) => {
          put(cases, value, tree, branch);
        });
    }
    if (by === 'age') checkAges(ages, otherwise, place);
    else if (otherwise === undefined) this.checkComplete(by, cases, place);
    else if (by === 'disease')
      place.problem('a disease must be named; "else" would guess for diseases nobody wrote down');
    return { by, cases, ages, ...(otherwise === undefined ? {} : { otherwise }) };
  }

  private readValues(keys: string, branch: Place, by: Dimension): string[] {
    const domain = this.domainOf(by);
    return keys
      .split('/')
      .map((key) => key.trim())
      .filter((key) => {
        const known = domain === undefined ? by !== 'area' || /^\d{6}$/.test(key) : domain.includes(key);
        if (!known)
          branch.problem(
            `"${key}" is no ${by} here; ${domain === undefined ? 'write six digits' : knownAre(by, domain)}`,
          );
        return known;
      });
  }

  private checkComplete(by: Dimension, cases: ReadonlyMap<string, unknown>, place: Place): void {
    const domain = this.domainOf(by);
    if (domain === undefined || by === 'setting') {
      place.problem(`a choice by ${by} needs an "else", because not every value of it can be named`);
      return;
    }
    if (by === 'disease') return;
    const missing = domain.filter((value) => !cases.has(value));
    if (missing.length > 0)
      place.problem(`no value for ${by} ${missing.join(', ')}; write one, or "open" where the policy says nothing`);
  }

  /** Undefined where the domain is open. */
  domainOf(by: Dimension): readonly string[] | undefined {
    switch (by) {
      case 'level':
        return this.domains.levels;
      case 'category':
        return this.domains.categories;
      case 'tier':
        return this.domains.tiers;
      case 'identity':
        return [...this.domains.identities, 'none'];
      case 'disease':
        return this.domains.diseases;
      case 'route':
        return routes;
      case 'where':
        return places;
      case 'setting':
        return settings;
      case 'area':
      case 'age':
        return undefined;
    }
  }
}

function put<T>(cases: Map<string, Tree<T>>, value: string, tree: Tree<T>, branch: Place): void {
  if (cases.has(value)) branch.problem(`"${value}" stands here twice`);
  cases.set(value, tree);
}

/** 年龄段: 0-17, 60+ or 65, several with strokes between them. */
export function readAges(keys: string, branch: Place): AgeRange[] {
  return keys.split('/').flatMap((key) => {
    const match = /^(\d{1,3})(?:-(\d{1,3})|(\+))?$/.exec(key.trim());
    if (match === null) {
      branch.problem(`"${key}" is no age; write 0-17, 60+ or 65`);
      return [];
    }
    const from = Number(match[1]);
    const to = match[3] === '+' ? Number.POSITIVE_INFINITY : Number(match[2] ?? match[1]);
    if (to < from) branch.problem(`the ages ${key} run backwards`);
    return [{ from, to }];
  });
}

function checkAges(ages: { range: AgeRange }[], otherwise: unknown, place: Place): void {
  const ranges = ages.map(({ range }) => range).sort((a, b) => a.from - b.from);
  let next = 0;
  for (const { from, to } of ranges) {
    if (from < next) place.problem(`the ages from ${from} on stand here twice`);
    if (from > next && otherwise === undefined) place.problem(`no value for the ages ${next} to ${from - 1}`);
    next = to + 1;
  }
  if (next !== Number.POSITIVE_INFINITY && otherwise === undefined)
    place.problem(`no value for the ages from ${next} on; write ${next}+`);
}

/** What may be written, or where to write it first. */
export const knownAre = (by: Dimension, domain: readonly string[]): string =>
  domain.length > 0 ? `known are ${domain.join(', ')}` : `name the values of ${by} in "domains" first`;

/** As deep as choices inside choices are completed; deeper ones are read all the same. */
const schemaDepth = 4;

/** A value, `open`, a value that says why it is unconfirmed, or a choice. */
function treeSchema(value: object, depth = schemaDepth): object {
  const branch = {
    type: 'object',
    required: ['by'],
    properties: { by: { enum: [...dimensions] } },
    additionalProperties: depth === 0 ? true : treeSchema(value, depth - 1),
  };
  const unconfirmed = {
    type: 'object',
    required: ['value', 'unconfirmed'],
    properties: { value, unconfirmed: { type: 'string' } },
    additionalProperties: false,
  };
  return { anyOf: [{ const: 'open' }, value, unconfirmed, branch] };
}
