import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rulesDirectory } from '#shared/rules';
import { PackFileError, Place, showProblem } from '../../apps/settlement/src/policy/pack-text.js';
import { clashes, packDirectory, PolicyPacks } from '../../apps/settlement/src/policy/policy-packs.js';
import type { PolicyPack } from '../../apps/settlement/src/policy/policy-pack.js';
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

/** A file, or the name of a pack of rules/packs; undefined where there is neither. */
export function packFile(given: string): string | undefined {
  return [given, join(packDirectory(), `${given}.yaml`)].find((path) =>
    statSync(path, { throwIfNoEntry: false })?.isFile(),
  );
}

function checkFile(given: string): string[] {
  const path = packFile(given);
  if (path === undefined) return [`there is no file and no pack ${given}; npm run packs -- check lists the packs`];
  const packs = new CasePacks();
  try {
    const pack = packs.parse(Place.of(given, readFileSync(path, 'utf8')));
    packs.put(pack);
    console.log(`${pack.id} ${pack.name} (${pack.status}): ${Object.keys(pack.terms).join(', ') || 'supplement'}`);
    const { problems, holding } = proofOf(packs, [pack]);
    console.log(`${holding.get(pack.id) ?? 0} cases of its own hold; an effective pack needs ${casesNeeded}.`);
    const others = PolicyPacks.load().packs.filter(({ id }) => id !== pack.id);
    return [...clashes([...others, pack]).map(showProblem), ...misnamed(pack, path), ...problems];
  } catch (error) {
    return problemsOf(error);
  }
}

const misnamed = ({ id }: PolicyPack, path: string): string[] =>
  basename(path) === `${id}.yaml` ? [] : [`${basename(path)}: a pack called ${id} stands in ${id}.yaml`];

function checkAll(): string[] {
  try {
    const { packs } = PolicyPacks.load();
    for (const { id, name, status } of packs) console.log(`${id.padEnd(18)} ${status.padEnd(9)} ${name}`);
    return [...proofOf(new CasePacks(), packs).problems];
  } catch (error) {
    return problemsOf(error);
  }
}

/** What the cases say of some packs. */
export interface Proof {
  /** Cases that fail or cannot be read, and effective packs that fewer than three passing cases prove. */
  readonly problems: readonly string[];
  /** How many of its own cases hold, by pack. */
  readonly holding: ReadonlyMap<string, number>;
}

export function proofOf(
  packs: CasePacks,
  proved: readonly Pick<PolicyPack, 'id' | 'status'>[],
  directory = join(rulesDirectory(), 'cases'),
): Proof {
  const ids = proved.map(({ id }) => id);
  const { results, problems } = runCases(directory, packs, ids);
  const passing = results.filter(({ holds }) => holds);
  const holding = new Map(ids.map((id) => [id, passing.filter(({ packs: named }) => named.includes(id)).length]));
  const failing = results.filter(({ holds }) => !holds);
  const unproven = proved.filter(({ id, status }) => status === 'effective' && (holding.get(id) ?? 0) < casesNeeded);
  return {
    holding,
    problems: [
      ...problems,
      ...failing.map(({ id }) => `case ${id} does not hold: npm run cases shows why`),
      ...unproven.map(
        ({ id }) =>
          `${id} is effective with ${holding.get(id) ?? 0} passing cases of its own; it needs ${casesNeeded}, or "status: draft"`,
      ),
    ],
  };
}

function problemsOf(error: unknown): string[] {
  if (error instanceof PackFileError) return error.message.split('\n');
  throw error;
}
