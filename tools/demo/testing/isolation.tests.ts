import { expect, it } from '@jest/globals';
import pg from 'pg';
import { SERVICES } from '../../launcher/layout.js';
import type { ServiceName } from '../../launcher/layout.js';
import { databaseAddress, withClient } from '../../launcher/postgres-client.js';
import { outpatient } from './facts.js';
import { firstDay } from './scene.js';
import type { Scene } from './scene.js';

const insufficientPrivilege = '42501';
const scopes = ['43', '4301', '11', '4403'];

interface Guarded {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What the database itself does not allow, whatever a query forgets: other schemas, and the rows of other agencies. */
export function isolation(scene: Scene): void {
  const asAdmin = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> =>
    withClient(databaseAddress(scene.world.servers.databaseUrl, scene.world.databaseName), work);
  const asService = <T>(service: ServiceName, work: (client: pg.Client) => Promise<T>): Promise<T> =>
    withClient(scene.world.databases[service].appUrl, work);
  const codeOf = (client: pg.Client, sql: string): Promise<string> =>
    client.query(sql).then(
      () => 'allowed',
      (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
    );
  const tablesOf = async (client: pg.Client, schema: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1 order by 1',
      [schema],
    );
    return rows.map(({ name }) => name);
  };
  /** The tables with row-level security, and the area columns that their policies look at. */
  const guardedTables = async (client: pg.Client, schema: string): Promise<Guarded[]> => {
    const { rows } = await client.query<{ name: string; rule: string }>(
      `select tablename as name, string_agg(qual, ' ' order by policyname) as rule from pg_policies
       where schemaname = $1 and cmd in ('ALL', 'SELECT') and qual <> 'true' group by 1 order by 1`,
      [schema],
    );
    return rows.map(({ name, rule }) => ({
      name,
      columns: [...rule.matchAll(/\((\w+) ~~ /g)].map((match) => match[1] ?? ''),
    }));
  };

  it.each(SERVICES)('[P5.3] the role of %s can read, write and create in no other schema', async (service) => {
    for (const other of SERVICES.filter((one) => one !== service)) {
      const tables = await asAdmin((client) => tablesOf(client, other));
      expect(tables.length).toBeGreaterThan(5);
      await asService(service, async (client) => {
        const attempts = tables.flatMap((table) => [
          `select * from ${other}.${table} limit 1`,
          `insert into ${other}.${table} default values`,
          `delete from ${other}.${table}`,
        ]);
        for (const sql of [...attempts, `create table ${other}.sneaked (id int)`])
          expect([sql, await codeOf(client, sql)]).toEqual([sql, insufficientPrivilege]);
      });
    }
  });

  it.each(SERVICES)('[P5.3] the role of %s changes no structure and becomes nobody else', async (service) => {
    await asService(service, async (client) => {
      const structure = ['create table sneaked (id int)', 'drop table outbox', 'create schema sneaked'];
      const others = ['set role postgres', `set role yidi_${service}_owner`];
      const guard = ['alter table inbox disable row level security', 'set row_security = off; select 1'];
      for (const sql of [...structure, ...others, ...guard.slice(0, 1)])
        expect([sql, await codeOf(client, sql)]).toEqual([sql, insufficientPrivilege]);
    });
  });

  // Filing's policies tell readers from writers; its own test walks them role by role.
  it.each(SERVICES.filter((service) => service !== 'filing'))(
    '[N57 H75 P5.3] raw SQL as the role of %s sees the rows of its scope, and none without one',
    async (service) => {
      if (service === 'clearing') await somethingToClear(scene);
      const guarded = await asAdmin((client) => guardedTables(client, service));
      expect(guarded.length).toBeGreaterThan(1);
      let seen = 0;
      await asService(service, async (client) => {
        const count = async (scope: string | undefined, sql: string): Promise<number> => {
          await client.query('begin');
          if (scope !== undefined) await client.query(`select set_config('yidi.scope', $1, true)`, [scope]);
          const { rows } = await client.query<{ n: number }>(sql);
          await client.query('commit');
          return rows[0]?.n ?? -1;
        };
        for (const { name, columns } of guarded) {
          const all = `select count(*)::int as n from ${name}`;
          expect([name, await count(undefined, all), await count('', all)]).toEqual([name, 0, 0]);
          seen += await count('*', all);
          expect(columns.length).toBeGreaterThan(0);
          for (const scope of scopes) {
            const own = `${all} where ${columns.map((column) => `${column} like '${scope}%'`).join(' or ')}`;
            expect([name, scope, await count(scope, all)]).toEqual([name, scope, await count('*', own)]);
          }
        }
      });
      expect(seen).toBeGreaterThan(0);
    },
  );

  it('[N57 P5.3] nor does a scope write what is not its own', async () => {
    await asService('settlement', async (client) => {
      const asArea = async (scope: string, sql: string): Promise<string> => {
        await client.query('begin');
        await client.query(`select set_config('yidi.scope', $1, true)`, [scope]);
        const code = await codeOf(client, sql);
        await client.query('rollback');
        return code;
      };
      const take = `update account set home_area = '440100'`;
      expect(await asArea('4301', take)).toBe(insufficientPrivilege);
      const insert = `insert into account (person_no, home_area, balance_fen) values ('X', '430100', 0)`;
      expect([await asArea('4401', insert), await asArea('4301', insert)]).toEqual([insufficientPrivilege, 'allowed']);
    });
  });
}

/** A settlement between two provinces, so that there are rows that others must not see. */
async function somethingToClear({ stage: { desk }, world }: Scene): Promise<void> {
  const fact = outpatient('CLEAR', firstDay);
  const visitId = await desk.register(fact);
  await desk.charge(fact, visitId);
  await desk.settleWithTrial(fact, visitId);
  await world.state.settled();
}
