import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { provision } from '../../../../tools/launcher/provision.js';
import type { ServiceName } from '../contracts/index.js';
import { Database, migrate } from '../database/index.js';
import type { MigrationClass } from '../database/index.js';

/** The servers of this test run; `npm test` starts them and says where they are. */
function given(name: 'DATABASE_URL' | 'KAFKA_BROKERS'): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: run these tests with "npm test", which starts the servers`);
  return value;
}

export const testBrokers = (): string => given('KAFKA_BROKERS');
export const testDatabaseServer = (): string => given('DATABASE_URL');

/** A name that no other test of this run has, for topic prefixes and the like. */
export const uniqueName = (word: string): string => `${word}-${randomBytes(4).toString('hex')}`;

export interface TestDatabase {
  readonly database: Database;
  /** The service's own role. */
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly adminUrl: string;
  readonly name: string;
  /** Closes and drops it. */
  drop(): Promise<void>;
}

/** A database of its own for one test file, migrated for one service. */
export async function testDatabase(
  service: ServiceName,
  migrations: readonly MigrationClass[],
  adminUrl = testDatabaseServer(),
): Promise<TestDatabase> {
  const name = `yidi_test_${randomBytes(6).toString('hex')}`;
  const { appUrl, ownerUrl } = (await provision(adminUrl, name))[service];
  await migrate({ ownerUrl, schema: service, migrations, direction: 'up' });
  const database = await Database.connect({ url: appUrl, schema: service, applicationName: 'yidi-test' });
  const drop = async (): Promise<void> => {
    await database.close();
    await asAdmin(
      (client) => client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
      adminUrl,
    );
  };
  return { database, appUrl, ownerUrl, adminUrl, name, drop };
}

export async function asAdmin<T>(work: (client: pg.Client) => Promise<T>, adminUrl = testDatabaseServer()): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Waits until a condition holds; fails with what was seen last. */
export async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, seconds = 20): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > until) {
      const shown = JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
      throw new Error(`not within ${seconds} s; seen last: ${shown}`);
    }
    await sleep(50);
  }
}
