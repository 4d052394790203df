import pg from 'pg';
import { reasonOf } from './reasons.js';

/** Undefined when a connection and a query work; otherwise the reason in a few words. */
export async function tryPostgres(url: string, timeoutSeconds = 5): Promise<string | undefined> {
  try {
    await withClient(url, (client) => client.query('select 1'), timeoutSeconds);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Opens one connection, hands it over and closes it whatever happens. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  timeoutSeconds = 10,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutSeconds * 1000 });
  // A connection that breaks while idle also rejects the query that waits on it, which is where it is handled.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What a server says about itself and whether this user may create databases and roles. */
export function describePostgres(url: string): Promise<{ version: string; admin: boolean; user: string }> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string; admin: boolean; user: string }>(
      `select current_setting('server_version') as version, current_user as user,
              rolsuper or (rolcreaterole and rolcreatedb) as admin
       from pg_roles where rolname = current_user`,
    );
    const row = rows[0];
    if (row === undefined) throw new Error('PostgreSQL does not know its own user.');
    return { ...row, version: row.version.split(' ')[0] ?? row.version };
  });
}

/** Drops every database but the server's own; only for servers that belong to the launcher. */
export function dropEveryDatabase(url: string): Promise<void> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database where not datistemplate and datname <> 'postgres'`,
    );
    for (const { name } of rows) await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
  });
}

/** The address of another database of the same server, for the same user. */
export function databaseAddress(url: string, databaseName: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(databaseName)}`;
  return other.href;
}

/** Host, port and database of a URL, without user and password. */
export function addressOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'the given address';
  }
}
