import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { SERVICES } from './layout.js';
import { withClient } from './postgres-client.js';
import { provision, type ServiceDatabases } from './provision.js';

const adminUrl = process.env['DATABASE_URL'] ?? '';
const databaseName = `provision_${randomBytes(6).toString('hex')}`;
const run = (url: string, sql: string): Promise<unknown> => withClient(url, (client) => client.query(sql));
const codeOf = (url: string, sql: string): Promise<string> =>
  run(url, sql).then(
    () => 'allowed',
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
  );
const INSUFFICIENT_PRIVILEGE = '42501';

describe('provision', () => {
  let databases: ServiceDatabases;

  beforeAll(async () => {
    databases = await provision(adminUrl, databaseName, { fresh: true });
    for (const service of SERVICES) {
      await run(databases[service].ownerUrl, 'create table ledger (id bigint generated always as identity, note text)');
    }
  });

  afterAll(() => run(adminUrl, `drop database if exists ${databaseName} with (force)`));

  it.each(SERVICES)('[P5.3] %s works with the rows of its own schema without naming the schema', async (service) => {
    const { appUrl } = databases[service];
    expect(await codeOf(appUrl, `insert into ledger (note) values ('own')`)).toBe('allowed');
    expect(await codeOf(appUrl, `update ledger set note = 'changed'`)).toBe('allowed');
    expect(await codeOf(appUrl, 'delete from ledger')).toBe('allowed');
  });

  it.each(SERVICES)('[P5.3] %s may not change the structure of its own schema', async (service) => {
    const { appUrl } = databases[service];
    expect(await codeOf(appUrl, 'create table sneaked (id int)')).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await codeOf(appUrl, 'drop table ledger')).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await codeOf(appUrl, 'create schema sneaked')).toBe(INSUFFICIENT_PRIVILEGE);
  });

  const pairs = SERVICES.flatMap((service) =>
    [...SERVICES.filter((other) => other !== service), 'public'].map((other) => [service, other] as const),
  );
  const attempts = (schema: string): string[] => [
    `select * from ${schema}.ledger`,
    `insert into ${schema}.ledger (note) values ('foreign')`,
    `update ${schema}.ledger set note = 'foreign'`,
    `delete from ${schema}.ledger`,
    `create table ${schema}.sneaked (id int)`,
  ];

  it.each(pairs)(
    '[P5.3] %s, as application and as owner, can neither read, write nor create in %s',
    async (service, other) => {
      const { appUrl, ownerUrl } = databases[service];
      for (const url of [appUrl, ownerUrl]) {
        for (const sql of attempts(other)) {
          expect([sql, await codeOf(url, sql)]).toEqual([sql, INSUFFICIENT_PRIVILEGE]);
        }
      }
    },
  );

  it.each(SERVICES)('[P5.3] %s has no way to become another role', async (service) => {
    const { rows } = await withClient(databases[service].appUrl, (client) =>
      client.query<{ powerful: boolean; others: string }>(
        `select bool_or(rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole)) as powerful,
                count(*) filter (where rolname <> current_user and pg_has_role(oid, 'member')) as others from pg_roles`,
      ),
    );
    expect(rows).toEqual([{ powerful: false, others: '0' }]);
  });

  it('[P5.3] may be repeated and run for several databases at once, and keeps what is there', async () => {
    const names = [1, 2, 3].map((number) => `${databaseName}_${number}`);
    await Promise.all([...names, databaseName].map((name) => provision(adminUrl, name)));
    expect(await codeOf(databases.filing.appUrl, 'select * from ledger')).toBe('allowed');
    await Promise.all(names.map((name) => run(adminUrl, `drop database ${name} with (force)`)));
  });
});
