import { parseYuan } from '#shared/money';
import { PackFileError } from '../../../apps/settlement/src/policy/pack-text.js';
import type { Policy } from '../../../apps/settlement/src/policy/policy-pack.js';
import { compare, type Difference } from './compare.js';
import type { History, Teller } from './history.js';
import { NaiveTeller } from './naive-teller.js';
import { Random } from './prng.js';
import { packTexts, randomHistory } from './random-history.js';
import { RealTeller, realPolicy } from './real-teller.js';

/** Several histories share a set of packs, because reading packs takes longer than computing with them. */
const HISTORIES_PER_PACK = 10;

export interface RandomRun {
  histories: number;
  bills: number;
  /** bills that both engines refused */
  refused: number;
  packs: number;
  /** why the real reader did not take some packs */
  refusedPacks: string[];
  found?: { history: History; difference: Difference };
}

export type RealEngine = (policy: Policy, history: History) => Teller;
export const realEngine: RealEngine = (policy, history) => new RealTeller(policy, parseYuan(history.account));

/**
 * Compares so many random histories, pack by pack, and ends at the first difference. The same seed gives the same
 * histories. What has been done so far is yielded after each pack.
 */
export function* runRandom(count: number, seed: number, engine: RealEngine = realEngine): Generator<RandomRun> {
  const run: RandomRun = { histories: 0, bills: 0, refused: 0, packs: 0, refusedPacks: [] };
  for (let stream = 0; run.histories < count && run.found === undefined; stream++) {
    const random = new Random(seed, stream);
    const texts = packTexts(random);
    run.packs += 1;
    const policy = readOrReason(texts);
    if (typeof policy === 'string') run.refusedPacks.push(policy);
    else
      comparePack(
        run,
        Math.min(HISTORIES_PER_PACK, count - run.histories),
        () => randomHistory(random, texts),
        (history) => engine(policy, history),
      );
    yield run;
  }
}

function comparePack(run: RandomRun, count: number, draw: () => History, engine: (history: History) => Teller): void {
  for (let each = 0; each < count && run.found === undefined; each++) {
    const history = draw();
    const { refused, difference } = compare(history, new NaiveTeller(history), engine(history));
    run.histories += 1;
    run.bills += history.bills.length;
    run.refused += refused;
    if (difference !== undefined) run.found = { history, difference };
  }
}

function readOrReason(texts: Pick<History, 'packs' | 'library'>): Policy | string {
  try {
    return realPolicy(texts);
  } catch (error) {
    if (error instanceof PackFileError) return error.message;
    throw error;
  }
}
