import { parseArgs } from 'node:util';
import { composeEnvironment } from '../launcher/compose-environment.js';
import type { CommandLife } from '../launcher/command-life.js';
import { LEVELS, mintToken } from '../launcher/development-keys.js';
import { portBaseFrom } from '../launcher/layout.js';

const USAGE =
  'Usage: npm run token -- --agency 430100 --level area --roles filing.read,filing.apply [--institution H43010000001] [--subject name], or --compose-env for the lines of .env that docker-compose.yml needs.';

/** Prints a token of the development issuer, good for 12 hours. */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      agency: text,
      level: text,
      roles: text,
      institution: text,
      subject: text,
      'compose-env': { type: 'boolean' },
    },
  });
  if (values['compose-env'] === true) {
    const variables = await composeEnvironment(portBaseFrom(process.env));
    for (const [name, value] of Object.entries(variables)) console.log(`${name}='${value}'`);
    return 0;
  }
  const level = LEVELS.find((known) => known === values['level']);
  if (level === undefined || typeof values['agency'] !== 'string' || !/^\d{6}$/.test(values['agency'])) {
    console.error(USAGE);
    return life.signal.aborted ? 1 : 2;
  }
  const { roles, institution, subject } = values;
  const token = await mintToken({
    agency: values['agency'],
    level,
    roles: typeof roles === 'string' ? roles.split(',') : [],
    subject: typeof subject === 'string' ? subject : 'developer',
    ...(typeof institution === 'string' ? { institution } : {}),
  });
  console.log(token);
  return 0;
}
