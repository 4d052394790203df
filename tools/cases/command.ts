import { existsSync } from 'node:fs';
import { rulesDirectory } from '#shared/rules';
import { join } from 'node:path';
import type { CommandLife } from '../launcher/command-life.js';
import { randomCases, randomOptions } from './random/random-cases.js';
import { runCases } from './run-cases.js';
import type { CaseRun } from './run-cases.js';
import type { CaseResult, Comparison } from './run-case.js';

/**
 * `npm run cases -- [file or folder] [--json] [--explain]`: published and hand-made cases through the real engine;
 * `--random N [--seed S] [--verbose]`: random ones through the real engine and the naive one.
 */
export function run(args: readonly string[], { signal }: CommandLife): Promise<number> {
  if (args.includes('--random')) return runRandomly(args, signal);
  const [path = join(rulesDirectory(), 'cases')] = args.filter((arg) => !arg.startsWith('--'));
  if (!existsSync(path)) {
    console.error(`There is no file or folder ${path}.`);
    return Promise.resolve(2);
  }
  const outcome = runCases(path);
  if (args.includes('--json')) console.log(JSON.stringify(asJson(outcome), null, 1));
  else print(outcome, args.includes('--explain'));
  const good = outcome.problems.length === 0 && outcome.results.every(({ holds }) => holds);
  return Promise.resolve(good && outcome.results.length > 0 ? 0 : 1);
}

function runRandomly(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = randomOptions(args);
  if (options !== undefined) return randomCases(options, signal);
  console.error('Write how many histories, and if you like the seed: --random 1000 --seed 1');
  return Promise.resolve(2);
}

const asJson = ({ results, problems }: CaseRun): object => ({
  ok: problems.length === 0 && results.every(({ holds }) => holds),
  cases: results.length,
  failed: results.filter(({ holds }) => !holds).map(({ id }) => id),
  problems,
  results,
});

function print({ results, problems }: CaseRun, explain: boolean): void {
  for (const result of results) printCase(result, explain);
  for (const problem of problems) console.log(`✗ ${problem}`);
  const failed = results.filter(({ holds }) => !holds).length;
  console.log(
    `${results.length - failed} of ${results.length} cases hold${problems.length > 0 ? `; ${problems.length} problems` : ''}.`,
  );
}

const basis = ({ restsOn = '' }: Comparison): string => (restsOn === '' ? '' : `（${restsOn}）`);

function printCase({ id, title, packs, comparisons, bills, holds }: CaseResult, explain: boolean): void {
  console.log(`${holds ? '✓' : '✗'} ${id}  ${title}  [${packs.join(' + ')}]`);
  for (const bill of bills) {
    const figures = comparisons.filter((one) => one.bill === bill.bill);
    for (const one of figures)
      console.log(
        `    ${one.holds ? '✓' : '✗'} ${bill.bill} ${one.what}: expected ${one.expected}, came out ${one.actual}${basis(one)}`,
      );
    if (explain || figures.some((one) => !one.holds)) for (const line of bill.text) console.log(`        ${line}`);
  }
  for (const one of comparisons.filter(({ bill }) => bill === 'published'))
    console.log(`    ${one.holds ? '✓' : '✗'} ${one.what}: expected ${one.expected}, came out ${one.actual}`);
}
