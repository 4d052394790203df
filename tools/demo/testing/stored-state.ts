import pg from 'pg';
import { serviceTopics } from '#shared/contracts';
import { eventually } from '#shared/testing';
import { SERVICES as services } from '../../launcher/layout.js';
import { databaseAddress } from '../../launcher/postgres-client.js';

/** What a refused message leaves behind by design: its nonce is used, and its number is known as refused; who was identified stays so. */
const marksOfMessages = ['settlement.used_nonce', 'settlement.gateway_message', 'settlement.seen_person'];
/** Forgotten a moment after the message that it counts. */
const attempts = services.map((service) => `${service}.inbox_attempt`);
const left = new Set([...marksOfMessages, ...attempts]);

interface Count {
  readonly service: string;
  readonly direction: string;
  readonly topic: string;
  readonly messages: number;
}

function everythingArrived(counts: readonly Count[]): boolean {
  const messages = (isMeant: (count: Count) => boolean): number =>
    counts.filter(isMeant).reduce((total, count) => total + count.messages, 0);
  return (
    !counts.some(({ direction }) => direction === 'waiting') &&
    services.every((service) =>
      serviceTopics[service].consumed.every(
        ({ topic }) =>
          messages((one) => one.direction === 'published' && one.topic === topic) ===
          messages((one) => one.service === service && one.direction !== 'published' && one.topic === topic),
      ),
    )
  );
}

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

  /** Waits until every event has been sent and read by all who listen to it. */
  async settled(): Promise<void> {
    const counts = services.map(
      (service) => `select '${service}' as service, direction, topic, messages::int from ${service}.bus_count
        union all select '${service}', 'waiting', topic, 1 from ${service}.outbox`,
    );
    const look = async (): Promise<readonly Count[]> =>
      (await this.client.query<Count>({ name: 'counts', text: counts.join(' union all ') })).rows;
    await eventually(look, everythingArrived, 60);
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
      .filter(({ name }) => !left.has(name))
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
