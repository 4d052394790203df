import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLife } from '../launcher/command-life.js';
import { projectRoot } from '../launcher/places.js';

interface Check {
  name: string;
  program: string;
  args: readonly string[];
  /** A check whose file is missing is skipped, and the table says so. */
  needs?: string;
}

const MODULES = 'node_modules';
const CHECKS: readonly Check[] = [
  { name: 'format', program: `${MODULES}/prettier/bin/prettier.cjs`, args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', program: `${MODULES}/eslint/bin/eslint.js`, args: ['.'], needs: 'eslint.config.mjs' },
  {
    name: 'import directions',
    program: `${MODULES}/dependency-cruiser/bin/dependency-cruise.mjs`,
    args: ['--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'tools', 'bench'],
    needs: '.dependency-cruiser.mjs',
  },
  {
    name: 'equal treatment',
    program: 'dist/tools/cli.js',
    args: ['equal-treatment'],
    needs: 'dist/tools/commands/equal-treatment.js',
  },
  { name: 'types', program: `${MODULES}/typescript/bin/tsc`, args: ['--noEmit', '-p', '.'] },
  {
    name: 'generated files',
    program: 'dist/tools/cli.js',
    args: ['docs', '--check'],
    needs: 'dist/tools/commands/docs.js',
  },
  { name: 'packs', program: 'dist/tools/cli.js', args: ['packs', 'check'] },
];

/** Everything but the tests: runs all checks even when one fails, prints a table, and is as good as the worst. */
export async function run(_args: readonly string[], life: CommandLife): Promise<number> {
  const rows: { check: string; result: string; seconds: string }[] = [];
  let failed = false;
  for (const check of CHECKS) {
    if (life.signal.aborted) return 1;
    const present = existsSync(join(projectRoot, check.needs ?? check.program));
    if (!present) {
      rows.push({ check: check.name, result: `skipped: ${check.needs ?? check.program} is missing`, seconds: '' });
      continue;
    }
    console.log(`— ${check.name}`);
    const started = performance.now();
    const passed = (await runCheck(check, life)) === 0;
    failed ||= !passed;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    rows.push({ check: check.name, result: passed ? 'passed' : 'FAILED', seconds });
  }
  console.log('');
  for (const { check, result, seconds } of rows)
    console.log(`${check.padEnd(20)}${result.padEnd(10)}${seconds.padStart(6)}`);
  return failed ? 1 : 0;
}

function runCheck({ program, args }: Check, life: CommandLife): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(projectRoot, program), ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      signal: life.signal,
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}
