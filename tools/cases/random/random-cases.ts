import { setImmediate } from 'node:timers/promises';
import { answersOf, caseOf } from './print-case.js';
import { realEngine, runRandom, type RandomRun } from './run-random.js';
import { shrink } from './shrink.js';

export interface RandomOptions {
  count: number;
  seed: number;
  verbose: boolean;
}

/** `--random N --seed S --verbose`; undefined where the arguments do not ask for random cases, or say it wrongly. */
export function randomOptions(args: readonly string[]): RandomOptions | undefined {
  const number = (name: string): number => Number(args[args.indexOf(name) + 1] ?? Number.NaN);
  const count = number('--random');
  const seed = args.includes('--seed') ? number('--seed') : 1;
  const whole = [count, seed].every((value) => Number.isSafeInteger(value) && value >= 0);
  return whole && count > 0 ? { count, seed, verbose: args.includes('--verbose') } : undefined;
}

/** Runs random histories through the naive engine and the real one; a difference is made small and printed as a case. */
export async function randomCases({ count, seed, verbose }: RandomOptions, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  let last: RandomRun | undefined;
  for (const run of runRandom(count, seed)) {
    last = run;
    if (run.packs % 500 === 0) console.log(`  ${run.histories} histories …`);
    await setImmediate();
    if (signal.aborted) return 1;
  }
  if (last === undefined) return 2;
  if (verbose) for (const reason of last.refusedPacks) console.log(`refused pack: ${reason}`);
  console.log(summaryOf(last, seed, (performance.now() - started) / 1000));
  if (last.found === undefined) return 0;
  const smallest = shrink(last.found, realEngine);
  console.log(caseOf(smallest, `RANDOM-${seed}-${last.histories}`));
  for (const pack of smallest.history.library) console.log(`# extended by the pack of the case\n${pack}`);
  for (const line of answersOf(smallest)) console.log(line);
  return 1;
}

function summaryOf(
  { histories, bills, refused, packs, refusedPacks, found }: RandomRun,
  seed: number,
  seconds: number,
): string {
  const outcome = found === undefined ? 'no difference' : `a difference in history ${histories}`;
  return (
    `${histories} histories with ${bills} bills (${refused} refused by both) of ${packs} packs ` +
    `(${refusedPacks.length} not taken), seed ${seed}, ${seconds.toFixed(1)} s: ${outcome}.`
  );
}
