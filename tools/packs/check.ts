import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDirectory } from '#shared/rules';
import { PackFileError, Place } from '../../apps/settlement/src/policy/pack-text.js';
import { packDirectory } from '../../apps/settlement/src/policy/policy-packs.js';
import { PolicyPacks } from '../../apps/settlement/src/policy/policy-packs.js';
import { CasePacks } from '../cases/case-packs.js';
import { runCases } from '../cases/run-cases.js';

/** Cases of its own that a pack needs before it may be marked effective. */
export const casesNeeded = 3;

/** Says of each pack whether it can be used, and which cases prove it. Without a file all packs are checked. */
export function checkCommand(files: readonly string[]): number {
  const problems = files.length === 0 ? checkAll() : files.flatMap(checkFile);
  for (const problem of problems) console.log(`✗ ${problem}`);
  if (problems.length === 0) console.log('Nothing is wrong.');
  return problems.length === 0 ? 0 : 1;
}

function checkFile(file: string): string[] {
  const path = existsSync(file) ? file : join(packDirectory(), `${file}.yaml`);
  if (!existsSync(path)) return [`there is no file ${file}`];
  const packs = new CasePacks();
  try {
    const pack = packs.parse(Place.of(file, readFileSync(path, 'utf8')));
    console.log(`${pack.id} ${pack.name} (${pack.status}): ${Object.keys(pack.terms).join(', ') || 'supplement'}`);
    return pack.status === 'effective' ? unproven(packs, [pack.id]) : [];
  } catch (error) {
    return problemsOf(error);
  }
}

function checkAll(): string[] {
  try {
    const { packs } = PolicyPacks.load();
    for (const { id, name, status } of packs) console.log(`${id.padEnd(18)} ${status.padEnd(9)} ${name}`);
    return unproven(
      new CasePacks(),
      packs.flatMap(({ id, status }) => (status === 'effective' ? [id] : [])),
    );
  } catch (error) {
    return problemsOf(error);
  }
}

/** Effective packs that fewer than three passing cases prove, and cases that fail. */
export function unproven(
  packs: CasePacks,
  ids: readonly string[],
  directory = join(rulesDirectory(), 'cases'),
): string[] {
  const { results, problems } = runCases(directory, packs);
  const failing = results.filter(({ holds, packs: named }) => !holds && named.some((id) => ids.includes(id)));
  return [
    ...problems,
    ...failing.map(({ id }) => `case ${id} does not hold: npm run cases shows why`),
    ...ids.flatMap((id) => {
      const count = results.filter(({ holds, packs: named }) => holds && named.includes(id)).length;
      return count >= casesNeeded
        ? []
        : [`${id} is effective with ${count} passing cases of its own; it needs ${casesNeeded}`];
    }),
  ];
}

function problemsOf(error: unknown): string[] {
  if (error instanceof PackFileError) return error.message.split('\n');
  throw error;
}
