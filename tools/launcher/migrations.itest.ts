import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#shared/database';
import type { MigrationClass } from '#shared/database';
import { withSharedTables } from '#shared/service';
import { testBrokers, testDatabaseServer } from '#shared/testing';
import { migrations as clearing } from '../../apps/clearing/src/migrations/index.js';
import { migrations as collaboration } from '../../apps/collaboration/src/migrations/index.js';
import { migrations as filing } from '../../apps/filing/src/migrations/index.js';
import { migrations as funds } from '../../apps/funds/src/migrations/index.js';
import { migrations as settlement } from '../../apps/settlement/src/migrations/index.js';
import { developmentKeys } from './development-keys.js';
import { SERVICES } from './layout.js';
import type { ServiceName } from './layout.js';
import { placesOf, preparePlaces, projectRoot } from './places.js';
import type { Places } from './places.js';
import { databaseAddress, withClient } from './postgres-client.js';
import { provision } from './provision.js';
import type { ServiceDatabases } from './provision.js';
import { serviceEnvironment } from './service-environment.js';
import { migrateService } from './service-process.js';

const name = `migrations_${randomBytes(6).toString('hex')}`;

const migrationsOf: Record<ServiceName, readonly MigrationClass[]> = {
  filing,
  settlement,
  clearing,
  funds,
  collaboration,
};

/** What a schema consists of: columns, constraints, indexes, policies, sequences, functions and triggers. */
const structure = `
  select 'column' as kind, table_name || '.' || column_name as name, concat_ws(' ', data_type, is_nullable, column_default) as says
    from information_schema.columns where table_schema = $1
  union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = $1::regnamespace and contype <> 'n'
  union all select 'index', indexname, indexdef from pg_indexes where schemaname = $1
  union all select 'policy', tablename || '.' || policyname, qual || with_check from pg_policies where schemaname = $1
  union all select 'guard', relname, relrowsecurity || '/' || relforcerowsecurity from pg_class
    where relnamespace = $1::regnamespace and relkind = 'r'
  union all select 'sequence', sequencename, data_type::text from pg_sequences where schemaname = $1
  union all select 'function', proname, prosrc from pg_proc where pronamespace = $1::regnamespace
  union all select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid) from pg_trigger t
    join pg_class c on c.oid = tgrelid where c.relnamespace = $1::regnamespace and not tgisinternal
  order by 1, 2, 3`;

describe('the migrations of the services', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yidi-migrations-'));
  let databases: ServiceDatabases;
  let places: Places;

  beforeAll(async () => {
    databases = await provision(testDatabaseServer(), name);
    places = { ...placesOf(0), state: folder, logs: join(folder, 'logs'), processes: join(folder, 'processes') };
    preparePlaces(places);
  });
  afterAll(async () => {
    await withClient(testDatabaseServer(), (client) => client.query(`drop database if exists ${name} with (force)`));
    rmSync(folder, { recursive: true, force: true });
  });

  const move = (service: ServiceName, direction: 'up' | 'down'): Promise<string[]> =>
    migrate({
      ownerUrl: databases[service].ownerUrl,
      schema: service,
      migrations: withSharedTables(migrationsOf[service]),
      direction,
    });
  const schemaOf = (service: ServiceName): Promise<object[]> =>
    withClient(databaseAddress(testDatabaseServer(), name), async (client) => {
      const { rows } = await client.query<{ kind: string; name: string; says: string }>(structure, [service]);
      return rows.filter((row) => !/\bmigration\b|^migration/.test(`${row.name} ${row.says}`));
    });

  it.each(SERVICES)('[P5.3] %s goes up, down to nothing, and up to the same again', async (service) => {
    const done = await move(service, 'up');
    const first = await schemaOf(service);
    expect(first.length).toBeGreaterThan(40);
    expect(await move(service, 'down')).toEqual(done.toReversed());
    expect(await schemaOf(service)).toEqual([]);
    await move(service, 'up');
    expect(await schemaOf(service)).toEqual(first);
    expect(await move(service, 'up')).toEqual([]);
  });

  it('[P5.3] the command of a service does the same', async () => {
    const service = 'collaboration';
    const first = await schemaOf(service);
    const common = { portBase: 7000, databases, kafkaBrokers: testBrokers(), topicPrefix: '', nodeEnvironment: 'test' };
    const environment = serviceEnvironment(service, { ...common, keys: await developmentKeys() });
    const plan = { service, environment, places, apps: join(projectRoot, 'dist/apps') } as const;
    expect(await migrateService(plan, 'down')).toBe(true);
    expect(await schemaOf(service)).toEqual([]);
    await migrateService(plan, 'up');
    expect(await schemaOf(service)).toEqual(first);
  });
});
