import pg from 'pg';
import { databaseAddress } from '../../launcher/postgres-client.js';

/** What a refused message leaves behind by design: its nonce is used, and its number is known as refused. */
const marksOfMessages = new Set(['settlement.used_nonce', 'settlement.gateway_message']);

/** Everything that the five services hold, as rows and a hash per table: equal states mean that nothing was stored. */
export class StoredState {
  private statement: pg.QueryConfig | undefined;

  private constructor(private readonly client: pg.Client) {}

  static async of(databaseUrl: string, databaseName: string): Promise<StoredState> {
    const client = new pg.Client({ connectionString: databaseAddress(databaseUrl, databaseName) });
    await client.connect();
    await client.query(`set yidi.scope = '*'; set jit = off`);
    return new StoredState(client);
  }

  async read(): Promise<Readonly<Record<string, string>>> {
    this.statement ??= { name: 'stored-state', text: await this.everyTable() };
    const { rows } = await this.client.query<{ name: string; held: string }>(this.statement);
    return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
  }

  private async everyTable(): Promise<string> {
    const { rows } = await this.client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    return rows
      .filter(({ name }) => !marksOfMessages.has(name))
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' rows ' || coalesce(md5(string_agg(x::text, '' order by x::text)), '') as held from ${name} x`,
      )
      .join(' union all ');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
