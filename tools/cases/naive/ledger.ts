import { zero, type Yuan } from './money.js';

/** The accumulators of one benefit year while one bill is computed: what was, and what this bill has moved so far. */
export class Ledger {
  readonly moves: Record<string, Yuan> = {};
  constructor(private readonly before: Readonly<Record<string, Yuan>>) {}

  at(name: string): Yuan {
    return (this.before[name] ?? zero).plus(this.moves[name] ?? zero);
  }

  grow(name: string, by: Yuan): void {
    if (!by.isZero()) this.moves[name] = (this.moves[name] ?? zero).plus(by);
  }
}
