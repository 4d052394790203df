import { BusTables } from '../bus/index.js';
import type { ServiceName } from '../contracts/index.js';
import { migrate } from '../database/index.js';
import type { MigrationClass } from '../database/index.js';
import { ObligationTables } from '../obligations/index.js';

/** A service's own tables with those that every service has. */
export const withSharedTables = (migrations: readonly MigrationClass[]): MigrationClass[] => [
  BusTables,
  ObligationTables,
  ...migrations,
];

/** `node migrate.js up|down`: brings the schema to the newest state, or to nothing. */
export async function runMigrationsFromCommandLine(
  service: ServiceName,
  migrations: readonly MigrationClass[],
): Promise<void> {
  const direction = process.argv[2];
  const ownerUrl = process.env['DATABASE_OWNER_URL'] ?? '';
  if ((direction !== 'up' && direction !== 'down') || ownerUrl === '') {
    process.stderr.write('Say up or down, and set DATABASE_OWNER_URL to the owner of the schema.\n');
    process.exitCode = 2;
    return;
  }
  const done = await migrate({ ownerUrl, schema: service, migrations: withSharedTables(migrations), direction });
  process.stdout.write(
    done.length === 0 ? `${service}: nothing to do\n` : `${service} ${direction}: ${done.join(', ')}\n`,
  );
}
