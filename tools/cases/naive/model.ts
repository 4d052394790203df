import type { Yuan } from './money.js';

/** A pack as the YAML says it, every scalar a text. An empty place in a map is null or the empty text. */
export type Node = string | null | readonly Node[] | Fields;
export interface Fields {
  readonly [key: string]: Node | undefined;
}

export interface Person {
  category: string;
  tier?: string;
  identities: readonly string[];
  /** nothing where nobody knows */
  age?: number;
  area: string;
  /** balance of the personal account */
  account: Yuan;
}

/** A part of a bill; what carries an item mark or a day of its own is a part of its own. */
export interface BillPart {
  ownExpense: Yuan;
  overLimit: Yuan;
  firstPay: Yuan;
  inScope: Yuan;
  item?: string;
  on?: string;
}

export interface Bill {
  on: string;
  admitted: string;
  discharged: string;
  setting: string;
  level: string;
  route: string;
  where: string;
  designated: boolean;
  diseases: readonly string[];
  useAccount: boolean;
  total: Yuan;
  parts: readonly BillPart[];
}

/** By benefit year, by name. */
export type Used = Readonly<Record<number, Readonly<Record<string, Yuan>>>>;

export const PERSONAL_PARTS = [
  ...['over-cap', 'co-pay', 'deductible', 'route-first-pay', 'first-pay', 'over-limit', 'own-expense'],
] as const;
export type PersonalPart = (typeof PERSONAL_PARTS)[number];
export type Personal = Record<PersonalPart, Yuan>;

export interface Answer {
  /** the benefit years that were computed, the earlier first */
  years: readonly number[];
  total: Yuan;
  deductible: Yuan;
  /** of the first band with money in it, after everything that changes it; nothing where there is no money */
  ratio: Yuan | undefined;
  /** the basic fund under `basic` */
  layers: Record<string, Yuan>;
  /** by national fund code */
  funds: Record<string, Yuan>;
  /** before the account pays */
  personal: Personal;
  hospital: Yuan;
  account: Yuan;
  cash: Yuan;
  /** what the accumulators grow by */
  moves: Record<number, Record<string, Yuan>>;
  /** clauses that nobody has confirmed and that a step used */
  rests: ReadonlySet<string>;
}

export interface Refused {
  refused: string;
  clause: string;
}

/** Thrown where a bill cannot be computed, and caught in `settle`. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly clause: string,
  ) {
    super(`${code}: ${clause}`);
  }
}
