import { checkCommand } from './check.js';
import { unconfirmedCommand } from './unconfirmed.js';
import { diffCommand } from './diff.js';

const commands: Readonly<Record<string, { run: (args: readonly string[]) => number; usage: string }>> = {
  check: { run: checkCommand, usage: 'check [FILE …]        what is wrong with a pack, and whether its cases pass' },
  diff: { run: diffCommand, usage: 'diff A B              what changes for whom between two packs (names or files)' },
  unconfirmed: { run: unconfirmedCommand, usage: 'unconfirmed           every value that nobody has confirmed yet' },
};

/** `npm run packs -- …`: what an area's staff runs. */
export function run([name = '', ...args]: readonly string[]): Promise<number> {
  const command = commands[name];
  if (command !== undefined) return Promise.resolve(command.run(args));
  for (const { usage } of Object.values(commands)) console.error(`npm run packs -- ${usage}`);
  return Promise.resolve(2);
}
