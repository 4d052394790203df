import { fieldsOf } from '../naive/fields.js';
import type { Fields, Node } from '../naive/model.js';
import type { Random } from './prng.js';
import { CATEGORIES, clause, DISEASES, entries, IDENTITIES, LEVELS, maybe, PARTS, points, ratio } from './plan.js';
import { SETTINGS, TIERS, type Domains, type Plan } from './plan.js';
import { randomLayers } from './random-layer.js';
import { randomVersion } from './random-setting.js';
import { tree } from './random-tree.js';

/** The packs of one person: `packs` are used, basic first; `library` holds what they extend. */
export interface RandomPacks {
  packs: Fields[];
  library: Fields[];
}

export function randomPacks(random: Random): RandomPacks {
  const plan = newPlan(random);
  const basic = basicPack(plan);
  const supplements = random.chance(0.35) ? [supplement(newPlan(random, otherDomains(plan)), 'EX-SUP')] : [];
  if (!random.chance(0.15)) return { packs: [basic, ...supplements], library: [] };
  const heir = basicPack({ ...plan, clauses: 100 });
  // A setting of its own may be followed by another one that the heir does not touch.
  const changeable = Object.keys(heir).filter((key) => !KEPT.includes(key) && !('sameAs' in fieldsOf(heir[key])));
  const own = changeable.filter(() => random.chance(0.4));
  const picked = entries([...KEPT, ...own].map((key) => [key, heir[key]]));
  const sources = random.chance(0.5) ? { sources: { page: { trust: 'B', text: 'another page' } } } : {};
  // A pack of its own: what it does not say is that of the other one.
  const pack = { ...picked, pack: 'EX-EMP-2', extends: 'EX-EMP', ...sources };
  return { packs: [pack, ...supplements], library: [basic] };
}
const KEPT = ['pack', 'name', 'status', 'area', 'schemes', 'from'];

function newPlan(random: Random, given?: Domains): Plan {
  const domains = given ?? {
    levels: random.some(LEVELS, 1),
    categories: random.some(CATEGORIES, 1),
    tiers: random.chance(0.3) ? random.some(TIERS, 1) : [],
    identities: random.chance(0.4) ? random.shuffled(random.some(IDENTITIES, 1)) : [],
    diseases: random.chance(0.5) ? random.some(DISEASES, 1) : [],
  };
  return { random, domains, tame: random.chance(0.5), caps: new Map(), clauses: 0 };
}

/** A supplement covers the same people, but it has its own list of identities, in its own order. */
const otherDomains = ({ random, domains }: Plan): Domains => ({
  ...domains,
  levels: random.chance(0.8) ? domains.levels : random.some(LEVELS, 1),
  identities: random.shuffled(random.some(IDENTITIES)),
});

const DOMAINS = ['levels', 'categories', 'tiers', 'identities', 'diseases'] as const;
const domainsOf = ({ domains }: Plan): Fields =>
  entries(DOMAINS.map((name) => [name, domains[name].length > 0 ? domains[name] : undefined]));

function frame(plan: Plan, pack: string, schemes: readonly string[]): Fields {
  const { random } = plan;
  return entries([
    ...Object.entries({ pack, name: `random ${pack}`, status: 'draft', area: random.pick(['430100', '430000']) }),
    ['schemes', schemes],
    ['from', '2022-01-01'],
    ['to', maybe(random, 0.1, () => '2025-10-31')],
    ['unconfirmed', maybe(random, 0.03, () => 'the page has no date')],
    ['domains', domainsOf(plan)],
    ['sources', { notice: { trust: 'A', text: 'gazette' }, page: { trust: 'C', text: 'a page' } }],
  ]);
}

function basicPack(plan: Plan): Fields {
  const { random } = plan;
  return entries([
    ...Object.entries(frame(plan, 'EX-EMP', random.pick([['310'], ['390'], ['310', '390']]))),
    ['fundType', '310100'],
    ['versionBy', maybe(random, 0.4, () => random.pick(['settlement', 'admission']))],
    ['benefitYear', maybe(random, 0.4, () => random.pick(['01-01', '07-01', '04-16', '12-31', '02-28']))],
    ['stayOverYear', maybe(random, 0.75, () => stayOverYear(random))],
    ['ceilings', plan.tame ? undefined : { outside: 'random policy' }],
    ...settings(plan),
    ['crossRegion', crossRegion(plan)],
    ['layers', maybe(random, 0.6, () => randomLayers(plan, 'basic'))],
    ['hospital', maybe(random, 0.25, () => hospital(plan))],
    ['account', maybe(random, 0.9, () => account(plan))],
  ]);
}

const supplement = (plan: Plan, pack: string): Fields => ({
  ...frame(plan, pack, [plan.random.pick(['320', '330', '370', '610'])]),
  ...(plan.random.chance(0.3) ? { versionBy: 'admission' } : {}),
  layers: randomLayers(plan, 'more'),
});

const stayOverYear = (random: Random): Fields =>
  entries([
    ['method', random.pick(['whole', 'average-day', 'average-day', 'line-day'])],
    ['deductible', maybe(random, 0.8, () => random.pick(['earlier', 'each']))],
  ]);

function settings(plan: Plan): [string, Node][] {
  const { random } = plan;
  const present = ['inpatient', ...random.some(SETTINGS.slice(1), 1)];
  const own = present.filter((name) => name === 'inpatient' || random.chance(0.8));
  return present.map((name) => [
    name,
    own.includes(name)
      ? ['2022-01-01', ...random.some(['2024-07-01', '2025-03-16'])].map((from) => randomVersion(plan, from))
      : { sameAs: random.pick(own) },
  ]);
}

function crossRegion(plan: Plan): Fields {
  const { random } = plan;
  const words = clause(plan, 'cross-region');
  if (!plan.tame) return { ...words, rule: tree(plan, () => rule(plan, 40)) };
  const outside = {
    ...{ by: 'route', 'long-term/referral/emergency': tree(plan, () => rule(plan, 10), { samePlace: true }) },
    ...{ other: tree(plan, () => rule(plan, 20), { samePlace: true }), else: tree(plan, () => rule(plan, 60)) },
  };
  const nearer = { home: random.chance(0.8) ? 'keep' : rule(plan, 30), province: tree(plan, () => rule(plan, 30)) };
  return { ...words, rule: { by: 'where', ...nearer, outside } };
}

/** A rule that takes at most so many points off any ratio; the share that each mechanism takes adds up to them. */
function rule(plan: Plan, most: number): Node {
  const { random } = plan;
  const kind = random.next();
  if (kind < 0.25) return 'keep';
  if (kind < 0.32 && most > 20) return 'nothing';
  const cut = [random.next(), random.next(), random.next()];
  const share = (index: number): number => (cut[index] ?? 0) * (most / 3 - 0.6);
  const fields = entries([
    [
      'minusPoints',
      maybe(random, 0.5, () => (random.chance(0.5) ? points(random, Math.floor(most / 3)) : share(0).toFixed(2))),
    ],
    ['factor', maybe(random, 0.35, () => (1 - share(1) / 100).toFixed(random.pick([2, 6])))],
    ['firstPay', maybe(random, 0.35, () => (share(2) / 100).toFixed(random.pick([2, 6])))],
    ['asLevel', maybe(random, 0.2, () => random.pick(plan.domains.levels))],
  ]);
  return Object.keys(fields).length === 0 ? 'keep' : fields;
}

const hospital = (plan: Plan): Fields[] =>
  Array.from({ length: plan.random.int(1, 2) }, () => ({
    ...clause(plan, 'hospital'),
    of: plan.random.pick(PARTS),
    ratio: tree(plan, () => ratio(plan.random)),
  }));

const account = (plan: Plan): Fields =>
  entries([
    ...Object.entries(clause(plan, 'account')),
    ['pays', plan.random.chance(0.4) ? 'all' : plan.random.some(PARTS, 1)],
    ['settings', maybe(plan.random, 0.3, () => plan.random.some(SETTINGS, 1))],
  ]);

/** Every amount that the packs speak of; bills are made to end just at, below and above them. */
export function amountsIn(node: Node | undefined): number[] {
  if (typeof node === 'string') return /^\d{1,6}(\.\d{1,2})?$/.test(node) && Number(node) >= 5 ? [Number(node)] : [];
  if (node === undefined || node === null) return [];
  return Object.values(node as Fields).flatMap(amountsIn);
}
