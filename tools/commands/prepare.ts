import type { CommandLife } from '../launcher/command-life.js';
import { DEFAULT_DATABASE, SERVICES } from '../launcher/layout.js';
import { provision } from '../launcher/provision.js';

/** Divides the database at DATABASE_URL among the services; docker-compose.yml runs it once before they start. */
export async function run(args: readonly string[], _life: CommandLife): Promise<number> {
  const url = process.env['DATABASE_URL'] ?? '';
  if (url === '') {
    console.error('Say in DATABASE_URL which PostgreSQL to prepare, as a user who may create databases and roles.');
    return 2;
  }
  const name = args[0] ?? DEFAULT_DATABASE;
  await provision(url, name);
  console.log(`The database ${name} has a schema and two roles for each of ${SERVICES.join(', ')}.`);
  return 0;
}
