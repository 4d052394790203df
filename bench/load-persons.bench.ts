import { randomBytes } from 'node:crypto';
import { Bus, Outbox } from '#shared/bus';
import { SystemClock } from '#shared/clock';
import { Database, migrate, rows } from '#shared/database';
import { IdentityNumbers } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { withSharedTables } from '#shared/service';
import { csvRows } from '#shared/sheets';
import { FilingBook } from '../apps/filing/src/filing/filing-book.js';
import { FilingRules } from '../apps/filing/src/filing/filing-rules.js';
import { FollowInsuredStatus } from '../apps/filing/src/filing/follow-insured-status.js';
import { RegisterFiling } from '../apps/filing/src/filing/register-filing.js';
import { migrations } from '../apps/filing/src/migrations/index.js';
import { LoadPersons } from '../apps/filing/src/person-file/load-persons.js';
import { personColumns } from '../apps/filing/src/person-file/person-row.js';
import type { Bench, BenchServers, Measurement } from '../tools/bench/bench.js';
import { provision } from '../tools/launcher/provision.js';

const persons = Number(process.env['YIDI_BENCH_PERSONS'] ?? 1_000_000);
const databaseName = 'yidi_bench_load';

/** A file of that many persons, as it would stream in over the network. */
async function* file(count: number): AsyncGenerator<Uint8Array> {
  let text = `${personColumns.join(',')}\n`;
  for (let index = 0; index < count; index += 1) {
    const no = String(index).padStart(14, '0');
    text += `430100${no},测试人,1,1980-05-06,08,E${no},430100,310,1101,在职,正常,2020-01-01\n`;
    if (text.length > 60_000) {
      yield await Promise.resolve(Buffer.from(text));
      text = '';
    }
  }
  yield Buffer.from(text);
}

/** 参保名册导入: persons per second of a file of a million, again with nothing new in it, and how fast Kafka is told. */
export const bench: Bench = {
  name: 'load-persons',
  servers: true,
  async run(servers) {
    if (servers === undefined) throw new Error('this bench needs the servers');
    const { appUrl, ownerUrl } = (await provision(servers.databaseUrl, databaseName, { fresh: true })).filing;
    await migrate({ ownerUrl, schema: 'filing', migrations: withSharedTables(migrations), direction: 'up' });
    const database = await Database.connect({ url: appUrl, schema: 'filing', applicationName: 'yidi-bench' });
    try {
      return await measure(database, servers);
    } finally {
      await database.close();
    }
  },
};

async function measure(database: Database, servers: BenchServers): Promise<Measurement[]> {
  const clock = new SystemClock();
  const outbox = new Outbox('filing', clock);
  const book = new FilingBook(outbox);
  const register = new RegisterFiling(FilingRules.load(), book, new ObligationBook('filing', outbox));
  const key = randomBytes(32).toString('hex');
  const numbers = new IdentityNumbers({ key, hashKey: key });
  const follow = new FollowInsuredStatus(book, register);
  const load = new LoadPersons(database, clock, outbox, numbers, follow);
  const caller = { subject: 'bench', agency: '430100', level: 'area', roles: [], scope: { prefix: '4301' } } as const;
  const timed = async (what: string): Promise<Measurement> => {
    const begun = performance.now();
    const { total, added, same } = await load.execute(csvRows(file(persons)), caller);
    const seconds = (performance.now() - begun) / 1000;
    return { what, perSecond: total / seconds, note: `${added} new, ${same} same, ${seconds.toFixed(1)} s` };
  };
  const first = await timed('persons loaded');
  const again = await timed('the same file again');
  return [first, again, await told(database, outbox, servers)];
}

/** The relay has a backlog of one message per person and is let go. */
async function told(database: Database, outbox: Outbox, servers: BenchServers): Promise<Measurement> {
  const onTrouble = (error: unknown): void => {
    console.error(error);
  };
  const bus = new Bus({
    ...{ service: 'filing', database, outbox, brokers: servers.kafkaBrokers, clock: new SystemClock(), onTrouble },
    topicPrefix: `bench-${randomBytes(3).toString('hex')}-`,
  });
  const begun = performance.now();
  await bus.start();
  const left = async (): Promise<boolean> =>
    (await rows(database.source.manager, 'select 1 from outbox limit 1')).length > 0;
  while (await left()) await new Promise((resolve) => setTimeout(resolve, 200));
  const seconds = (performance.now() - begun) / 1000;
  await bus.stop();
  return { what: 'messages told to Kafka', perSecond: persons / seconds, note: `${seconds.toFixed(1)} s` };
}
