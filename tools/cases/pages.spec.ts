import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Place } from '../../apps/settlement/src/policy/pack-text.js';
import { projectRoot } from '../launcher/places.js';
import { readCases } from './case-file.js';
import { CasePacks } from './case-packs.js';
import { runCase } from './run-case.js';
import { runCases } from './run-cases.js';

/** The first YAML of a page of docs/. */
function exampleOf(page: string): string {
  const found = /^```yaml\n(?<text>.*?)^```/ms.exec(readFileSync(join(projectRoot, 'docs', page), 'utf8'));
  if (found?.groups?.['text'] === undefined) throw new Error(`${page} has no example`);
  return found.groups['text'];
}

describe('the pages on packs and cases', () => {
  it('[N64 H86] the first pack of the page can be read, and the first case of the other page holds under it', () => {
    const basic = new CasePacks().parse(Place.of('policy-packs.md', exampleOf('policy-packs.md')));
    const cases = readCases('cases.md', exampleOf('cases.md'));
    const results = cases.map((one) => runCase(one, { basic, supplements: [] }));
    expect(results.map(({ id, holds }) => [id, holds])).toEqual([['EX-EMP-2024-1', true]]);
    expect(results[0]?.comparisons.length).toBeGreaterThan(4);
  });

  it('[N64 H86] the invented area of the pages can be read, and its five cases hold', () => {
    const { results, problems } = runCases(join(projectRoot, 'docs', 'examples'));
    expect(problems).toEqual([]);
    expect(results.map(({ holds }) => holds)).toEqual([true, true, true, true, true]);
  });
});
