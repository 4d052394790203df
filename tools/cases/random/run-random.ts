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
  refused: number;
  packs: number;
  /** why the real reader did not take some packs */
  refusedPacks: string[];
  difference?: { history: History; index: number; found: Difference };
}

export type RealEngine = (policy: Policy, history: History) => Teller;
export const realEngine: RealEngine = (policy, history) => new RealTeller(policy, parseYuan(history.account));

/** Compares so many random histories, and stops at the first difference. The same seed gives the same histories. */
export function runRandom(count: number, seed: number, engine: RealEngine = realEngine): RandomRun {
  const run: RandomRun = { histories: 0, bills: 0, refused: 0, packs: 0, refusedPacks: [] };
  for (let stream = 0; run.histories < count; stream++) {
    const random = new Random(seed, stream);
    const texts = packTexts(random);
    run.packs += 1;
    const policy = readOrReason(texts);
    if (typeof policy === 'string') {
      run.refusedPacks.push(policy);
      continue;
    }
    for (let each = 0; each < HISTORIES_PER_PACK && run.histories < count; each++) {
      const history = randomHistory(random, texts);
      run.histories += 1;
      run.bills += history.bills.length;
      const found = compare(history, new NaiveTeller(history), engine(policy, history));
      if (found !== undefined) return { ...run, difference: { history, index: run.histories, found } };
    }
  }
  return run;
}

function readOrReason(texts: Pick<History, 'packs' | 'library'>): Policy | string {
  try {
    return realPolicy(texts);
  } catch (error) {
    if (error instanceof PackFileError) return error.message;
    throw error;
  }
}
