import { PackFileError } from '../../../apps/settlement/src/policy/pack-text.js';
import { withBase } from '../naive/pack.js';
import { compare, type Difference } from './compare.js';
import type { History } from './history.js';
import { NaiveTeller, plainPack } from './naive-teller.js';
import { packYaml } from './random-history.js';
import { realPolicy } from './real-teller.js';
import type { RealEngine } from './run-random.js';
import { smallerBills, smallerNodes } from './smaller.js';

export interface Found {
  history: History;
  difference: Difference;
}

/** The smallest history that still shows the same kind of difference: fewer bills, fewer clauses, plainer numbers. */
export function shrink(found: Found, engine: RealEngine): Found {
  const kinds = kindsOf(found.difference);
  const attempt = (history: History): Found | undefined => {
    const difference = differenceOf(history, engine);
    return difference !== undefined && kindsOf(difference).every((kind) => kinds.includes(kind))
      ? { history, difference }
      : undefined;
  };
  let smallest = found;
  for (let before: Found | undefined; before !== smallest;) {
    before = smallest;
    smallest = onePass(smallest, attempt);
  }
  return smallest;
}

/** After a success the pass goes on where it was instead of trying again what has just failed. */
function onePass(found: Found, attempt: (history: History) => Found | undefined): Found {
  let smallest = found;
  let tried = 0;
  for (let more = true; more;) {
    more = false;
    let place = 0;
    for (const history of smallerHistories(smallest.history)) {
      if (place++ < tried) continue;
      const success = attempt(history);
      if (success === undefined) {
        tried += 1;
        continue;
      }
      smallest = success;
      more = true;
      break;
    }
  }
  return smallest;
}

function* smallerHistories(history: History): Generator<History> {
  for (const bills of smallerBills(history.bills)) yield { ...history, bills };
  if (history.account !== '0') yield { ...history, account: '0' };
  if (history.library.length > 0) {
    const library = history.library.map(plainPack);
    yield { ...history, packs: history.packs.map((text) => packYaml(withBase(plainPack(text), library))), library: [] };
  }
  for (const key of ['packs', 'library'] as const) {
    const texts = history[key];
    for (const index of texts.keys()) if (index > 0) yield { ...history, [key]: texts.toSpliced(index, 1) };
    for (const [index, text] of texts.entries()) {
      for (const smaller of smallerNodes(plainPack(text))) {
        yield { ...history, [key]: texts.with(index, packYaml(smaller)) };
      }
    }
  }
}

/** A history that cannot be read, or that an engine cannot even go through, shows nothing. */
function differenceOf(history: History, engine: RealEngine): Difference | undefined {
  try {
    return compare(history, new NaiveTeller(history), engine(realPolicy(history), history)).difference;
  } catch (error) {
    if (error instanceof PackFileError) return undefined;
    throw error;
  }
}

/** The names of the figures without years and months. */
const kindsOf = ({ names }: Difference): string[] =>
  names.filter((name) => !name.startsWith('after')).map((name) => name.replaceAll(/\d/g, ''));
