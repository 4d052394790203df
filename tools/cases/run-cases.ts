import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PackFileError } from '../../apps/settlement/src/policy/pack-text.js';
import { CasePacks } from './case-packs.js';
import { readCases } from './case-file.js';
import type { BenefitCase } from './case-file.js';
import { runCase } from './run-case.js';
import type { CaseResult } from './run-case.js';

export interface CaseRun {
  readonly results: readonly CaseResult[];
  /** Files and packs that could not be read at all. */
  readonly problems: readonly string[];
}

/** Every case of a file or folder, through the real engine; or only those that name one of these packs. */
export function runCases(path: string, packs = new CasePacks(), ids?: readonly string[]): CaseRun {
  const results: CaseResult[] = [];
  const problems: string[] = [];
  for (const file of caseFiles(path)) {
    const content = readFileSync(file, 'utf8');
    if (ids?.some((id) => content.includes(id)) === false) continue;
    for (const one of casesOf(file, content, problems)) {
      if (ids !== undefined && !names(one, ids)) continue;
      try {
        results.push(runCase(one, one.pack === undefined ? undefined : packs.policy(one.pack)));
      } catch (error) {
        if (!(error instanceof PackFileError)) throw error;
        problems.push(...error.message.split('\n').map((line) => `${one.id}: ${line}`));
      }
    }
  }
  return { results, problems };
}

const names = ({ pack }: BenefitCase, ids: readonly string[]): boolean =>
  pack?.some(({ scalar }) => scalar !== undefined && ids.includes(scalar)) === true;

function casesOf(file: string, content: string, problems: string[]): BenefitCase[] {
  try {
    return readCases(file, content);
  } catch (error) {
    if (!(error instanceof PackFileError)) throw error;
    problems.push(...error.message.split('\n'));
    return [];
  }
}

function caseFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inside = join(path, name);
      if (statSync(inside).isDirectory()) return caseFiles(inside);
      return /\.(ya?ml|json)$/.test(name) ? [inside] : [];
    });
}
