import type { Fen } from '#shared/money';
import { pick } from '../policy/tree.js';
import type { Position, Tree } from '../policy/tree.js';
import type { CapClause, Clause, PersonalPart } from '../policy/policy-pack.js';
import { personalParts } from '../policy/policy-pack.js';
import { used } from './benefit.js';
import type { Accumulators, BenefitFacts } from './benefit.js';
import type { Figures } from './figure.js';

/** The policy says nothing where a bill needs a value. Stays inside the engine, which turns it into a refusal. */
export class OpenClause extends Error {
  constructor(readonly clause: string) {
    super(clause);
  }
}

/** 一笔待遇的演算: what the rules share while they work on one benefit year of one bill. */
export class Reckoning {
  readonly moved: Record<string, bigint> = {};
  readonly unconfirmed = new Set<string>();
  readonly personal: Record<PersonalPart, Fen>;

  constructor(
    readonly facts: BenefitFacts,
    /** Changed when the cross-region rule treats the institution as of another level, and for the identities of a supplement. */
    public at: Position,
    private readonly year: Accumulators,
    readonly figures: Figures,
  ) {
    this.personal = Object.fromEntries(personalParts.map((part) => [part, 0n])) as Record<PersonalPart, Fen>;
  }

  /** The value of a tree for this bill; remembers when nobody has confirmed it. */
  value<T>(tree: Tree<T>, clause: Clause, what: string, at: Position = this.at): T {
    const found = pick(tree, at);
    if (found === undefined) throw new OpenClause(`${clause.pack} ${clause.clause}（${what}）`);
    if (found.unconfirmed !== undefined) this.rest(clause);
    return found.value;
  }

  /** Notes that the result rests on a clause. */
  rest(clause: Clause): void {
    this.unconfirmed.add(`${clause.pack} ${clause.clause}`);
  }

  used(name: string): bigint {
    return used(this.year, name) + (this.moved[name] ?? 0n);
  }

  move(name: string, amount: bigint): void {
    if (amount !== 0n) this.moved[name] = (this.moved[name] ?? 0n) + amount;
  }

  get month(): string {
    return this.facts.settledOn.slice(0, 7);
  }

  /** The accumulator of a cap; undefined for one that looks at each bill alone. */
  capName(cap: CapClause): string | undefined {
    if (cap.per === 'bill') return undefined;
    return cap.per === 'year' ? `cap.${cap.name}` : `cap.${cap.name}@${this.month}`;
  }
}
