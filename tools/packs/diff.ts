import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { PackFileError, Place } from '../../apps/settlement/src/policy/pack-text.js';
import type { PolicyPack } from '../../apps/settlement/src/policy/policy-pack.js';
import { CasePacks } from '../cases/case-packs.js';
import { packFile } from './check.js';
import { describeDifferences } from './describe-differences.js';

/** Says in words what changes for whom between two packs; each is a name of rules/packs or a file. */
export function diffCommand(names: readonly string[]): number {
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length > 2) {
    console.error('Name two packs: npm run packs -- diff A B');
    return 2;
  }
  try {
    const packs = new CasePacks();
    const before = packOf(first, packs);
    const after = packOf(second, packs);
    if (before === undefined || after === undefined) return 1;
    const lines = describeDifferences(before, after);
    for (const line of lines) console.log(line);
    if (lines.length === 0) console.log(`${before.id} and ${after.id} ${sameness(before, after)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof PackFileError)) throw error;
    console.error(error.message);
    return 1;
  }
}

const sameness = (before: PolicyPack, after: PolicyPack): string =>
  isDeepStrictEqual(before, after)
    ? 'say the same.'
    : 'give everybody the same; they differ in names, days, clauses, sources or earlier versions.';

function packOf(name: string, packs: CasePacks): PolicyPack | undefined {
  const file = packFile(name);
  if (file !== undefined) return packs.parse(Place.of(name, readFileSync(file, 'utf8')));
  console.error(`There is no file and no pack ${name}; known are ${packs.names.join(', ')}.`);
  return undefined;
}
