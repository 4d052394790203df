import type { Fields, Node } from '../naive/model.js';
import { Random } from './prng.js';

/** What the clauses of one random pack have in common. */
export interface Plan {
  random: Random;
  domains: Domains;
  /** keeps to the national ceilings; other packs say that they do not bind them */
  tame: boolean;
  /** what was said about a shared ceiling where it was named first */
  caps: Map<string, { kind: string; per: string }>;
  clauses: number;
}

export interface Domains {
  levels: string[];
  categories: string[];
  tiers: string[];
  identities: string[];
  diseases: string[];
}

export const LEVELS = ['L0', 'L1', 'L2', 'L3', 'L3P'];
export const ROUTES = ['none', 'long-term', 'referral', 'emergency', 'other', 'unfiled'];
export const PLACES = ['home', 'province', 'outside'];
export const SETTINGS = ['inpatient', 'outpatient', 'chronic', 'emergency', 'pharmacy', 'maternity', 'injury'];
export const TIERS = ['T1', 'T2', 'T3'];
export const IDENTITIES = ['destitute', 'low-income', 'disabled'];
export const DISEASES = ['hypertension', 'diabetes', 'cancer', 'dialysis'];
export const CATEGORIES = ['working', 'retired', 'resident'];
export const AREAS = ['430100', '430200', '430300'];
/** as conditions name them; they may overlap */
export const AGES = ['0-17', '18', '19-59', '50-69', '60+'];
export const ITEMS = ['implant', 'drug-7'];
export const PARTS = [
  ...['deductible', 'co-pay', 'over-cap', 'route-first-pay', 'first-pay', 'over-limit', 'own-expense'],
];

/** The fields that make a map a clause. */
export function clause(plan: Plan, name: string): { clause: string; source: string; unconfirmed?: string } {
  plan.clauses += 1;
  const words = { clause: `${name} ${plan.clauses}`, source: plan.random.pick(['notice', 'page']) };
  return plan.random.chance(0.03) ? { ...words, unconfirmed: 'another page prints less' } : words;
}

export const fen = (amount: number): string => (Math.round(amount) / 100).toFixed(2).replace(/\.?0+$/, '');

/** An amount of policy: mostly round, at times odd to the fen. */
export function amount(random: Random, highest = 100_000): string {
  const kind = random.next();
  if (kind < 0.06) return '0';
  const range = Math.exp(random.next() * Math.log(highest));
  if (kind < 0.75) return Math.max(1, Number(range.toPrecision(2))).toFixed(0);
  return fen(range * 100);
}

export function ratio(random: Random): string {
  const kind = random.next();
  if (kind < 0.04) return random.pick(['0', '1']);
  if (kind < 0.75) return (random.int(1, 99) / 100).toFixed(2);
  return (random.int(1, 999_999) / 1_000_000).toFixed(random.pick([3, 4, 6]));
}

export const factor = (random: Random): string =>
  random.pick(['0', '0.5', '0.7', '1', '1', '1.5', '2', '0.333333', '0.9', '10', ratio(random)]);

export const points = (random: Random, highest = 30): string =>
  random.chance(0.7) ? String(random.int(0, highest)) : (random.int(0, highest * 100) / 100).toFixed(2);

export const entries = (pairs: readonly (readonly [string, Node | undefined])[]): Fields =>
  Object.fromEntries<Node | undefined>(pairs.filter(([, value]) => value !== undefined));

/** The fields with chance, nothing without. */
export const maybe = <T>(random: Random, share: number, make: () => T): T | undefined =>
  random.chance(share) ? make() : undefined;
