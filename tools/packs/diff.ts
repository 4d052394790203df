import { readFileSync, existsSync } from 'node:fs';
import { PackFileError, Place } from '../../apps/settlement/src/policy/pack-text.js';
import { CasePacks } from '../cases/case-packs.js';
import { describeDifferences } from './describe-differences.js';

/** Says in words what changes for whom between two packs; each is a name of rules/packs or a file. */
export function diffCommand([first, second]: readonly string[]): number {
  if (first === undefined || second === undefined) {
    console.error('Name two packs: npm run packs -- diff A B');
    return 2;
  }
  const packs = new CasePacks();
  try {
    const [before, after] = [first, second].map((name) => packOf(name, packs));
    if (before === undefined || after === undefined) return 1;
    const lines = describeDifferences(before, after);
    for (const line of lines) console.log(line);
    if (lines.length === 0) console.log(`${before.id} and ${after.id} say the same.`);
    return 0;
  } catch (error) {
    if (!(error instanceof PackFileError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function packOf(name: string, packs: CasePacks) {
  if (existsSync(name)) return packs.parse(Place.of(name, readFileSync(name, 'utf8')));
  const pack = packs.get(name);
  if (pack === undefined) console.error(`There is no pack ${name}; known are ${packs.names.join(', ')}.`);
  return pack;
}
