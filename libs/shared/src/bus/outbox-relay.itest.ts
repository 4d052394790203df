import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, rows } from '../database/index.js';
import { eventually, testBrokers, testDatabase, uniqueName } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import { Bus } from './bus.js';
import type { IncomingMessage, OutgoingMessage, TopicMessages } from './kafka-messages.js';
import { KafkaPort } from './kafka-port.js';
import { SerialProducer } from './kafka-producer.js';
import { largestMessageBytes, Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';
import { emptyProbe, probeAnswered, probeCounted, probeMigrations } from './testing/probe-events.js';
import { limitMessages } from './testing/kafka-tools.js';
import { bytesOf, counted, envelopeOf, envelopesOf, Topics } from './testing/topics.js';
import type { Counted } from './testing/topics.js';

const clock = { now: () => new Date() };

/** Kafka that remembers how much went out in each request. */
class WeighingKafka extends KafkaPort {
  readonly requests: number[] = [];

  override producer(): SerialProducer {
    const producer = super.producer();
    const send = producer.send.bind(producer);
    producer.send = (batches) => {
      this.requests.push(weight(batches));
      return send(batches);
    };
    return producer;
  }
}
const weight = (batches: readonly TopicMessages[]): number =>
  batches.flatMap(({ messages }) => messages).reduce((sum, { value }: OutgoingMessage) => sum + value.length, 0);

/** Kafka may have taken some of a request that it refused; they are sent again, and the inbox knows them by their ids. */
const different = (messages: readonly IncomingMessage[]): number =>
  new Set(messages.map(({ value }) => value.toString())).size;

describe('the relay', () => {
  let test: TestDatabase;
  let topics: Topics;
  let prefix: string;
  let topic: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    test = await testDatabase('clearing', probeMigrations);
    topics = new Topics();
  });
  afterAll(async () => {
    await topics.close();
    await test.drop();
  });
  beforeEach(async () => {
    prefix = `${uniqueName('relay')}.`;
    topic = prefix + probeCounted.topic;
    await emptyProbe(test.database);
    await topics.make([topic]);
  });
  afterEach(async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  });

  const relayOn = (database: Database, kafka: KafkaPort, topicPrefix = prefix): OutboxRelay => {
    const timing = { watchdogMs: 20_000, onTrouble: () => undefined };
    const relay = new OutboxRelay(
      { database, kafka, schema: 'clearing', topicPrefix, clock, ...timing },
      new Outbox('clearing', clock),
    );
    stops.push(async () => {
      await relay.stop();
      await kafka.close();
    });
    relay.start();
    return relay;
  };
  const kafka = (): KafkaPort => new KafkaPort({ brokers: testBrokers(), clientId: 'yidi-test' });
  const write = (events: readonly (Counted & { readonly bytes?: Buffer })[]): Promise<unknown> => {
    const all = events.map((event) => ({ envelope: envelopeOf(event), event }));
    return test.database.source.query(
      `insert into outbox (message_id, topic, key, body, created_at)
       select id, '${probeCounted.topic}', key, body, now() from unnest($1::uuid[], $2::text[], $3::bytea[]) as t(id, key, body)`,
      [
        all.map(({ envelope }) => envelope.id),
        all.map(({ event }) => event.key),
        all.map(({ envelope, event }) => event.bytes ?? bytesOf(envelope)),
      ],
    );
  };
  const left = async (): Promise<number> => {
    const found = await test.database.source.query<{ n: bigint }[]>('select count(*) as n from outbox');
    return Number(found[0]?.n);
  };
  const lockHolders = (): Promise<{ pid: number; mine: boolean }[]> =>
    test.database.transaction((tx) =>
      rows(
        tx,
        `select l.pid, l.granted as mine from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and d.datname = current_database() and l.classid = 7000434`,
      ),
    );

  it('[D5] everything is sent once, per key in order, and counted', async () => {
    const events = counted(1_200, 7);
    await write(events);
    relayOn(test.database, kafka());
    await eventually(left, (n) => n === 0);
    const found = envelopesOf(await topics.read(topic, ({ length }) => length >= events.length));
    expect(found).toHaveLength(events.length);
    for (const key of new Set(events.map((event) => event.key))) {
      const versions = found.filter(({ aggregateId }) => aggregateId === key).map((event) => event.aggregateVersion);
      expect(versions).toEqual(events.filter((event) => event.key === key).map(({ version }) => version));
    }
    const counts = await test.database.source.query<object[]>('select direction, topic, messages from bus_count');
    expect(counts).toEqual([{ direction: 'published', topic: probeCounted.topic, messages: 1_200n }]);
  });

  it('[D5 F11] many large rows leave in requests that every broker takes', async () => {
    const large = counted(12, 1).map((event) => ({ ...event, bytes: Buffer.alloc(400_000, event.version) }));
    await write(large);
    const weighing = new WeighingKafka({ brokers: testBrokers(), clientId: 'yidi-test' });
    relayOn(test.database, weighing);
    await eventually(left, (n) => n === 0);
    expect(Math.max(...weighing.requests)).toBeLessThanOrEqual(largestMessageBytes);
    expect(weighing.requests).toHaveLength(6);
    const found = await topics.read(topic, ({ length }) => length >= large.length);
    expect(found.map(({ value }) => value[0])).toEqual(large.map(({ version }) => version));
  });

  it('[D5 F11] what Kafka refuses is put aside with its bytes, the others go on, and it can be sent again, once', async () => {
    const bus = new Bus({
      service: 'clearing',
      database: test.database,
      brokers: testBrokers(),
      topicPrefix: prefix,
      clock,
      outbox: new Outbox('clearing', clock),
      onTrouble: () => undefined,
      consumed: [],
      published: [probeCounted, probeAnswered],
    });
    stops.push(() => bus.stop());
    await limitMessages(testBrokers(), topic, 20_000);
    const events = counted(24, 8);
    const huge = { key: 'k0', version: 99, amount: 1 };
    const bytes = bytesOf({ ...envelopeOf(huge), padding: 'x'.repeat(30_000) });
    await write([...events.slice(0, 4), { ...huge, bytes }, ...events.slice(4)]);
    await bus.start();
    await eventually(left, (n) => n === 0);
    await topics.read(topic, (found) => different(found) === events.length);

    const [letter, ...others] = await bus.deadLetters.open();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ direction: 'out', topic: probeCounted.topic, reason: 'MESSAGE_TOO_LARGE' });
    const id = BigInt(letter?.id ?? 0);
    expect((await bus.deadLetters.find(id))?.body.equals(bytes)).toBe(true);
    expect((await bus.flow()).deadLettered).toEqual({ [probeCounted.topic]: 1 });

    await limitMessages(testBrokers(), topic, 900_000);
    expect([await bus.server.replay(id), await bus.server.replay(id)]).toEqual(['done', 'already-done']);
    const found = await topics.read(topic, (all) => different(all) === events.length + 1);
    expect(found.filter(({ value }) => value.equals(bytes))).toHaveLength(1);
    expect(await bus.deadLetters.open()).toEqual([]);
  });

  it('[D5] of two relays one is active; when it goes the other takes over, and nothing is sent twice', async () => {
    const other = await Database.connect({ url: test.appUrl, schema: 'clearing', applicationName: 'yidi-other' });
    stops.push(() => other.close());
    const first = relayOn(test.database, kafka());
    await eventually(lockHolders, (holders) => holders.length === 1);
    const second = relayOn(other, kafka());
    const before = counted(100, 5);
    await write(before);
    await eventually(left, (n) => n === 0);
    const [holder] = await lockHolders();
    await first.stop();
    await write(counted(200, 5).slice(100));
    await eventually(left, (n) => n === 0);
    const [next, ...more] = await lockHolders();
    expect(more).toEqual([]);
    expect(next?.pid).not.toBe(holder?.pid);
    expect(second.state()).toEqual({ ok: true, reason: 'running' });
    expect(await topics.read(topic, ({ length }) => length >= 200)).toHaveLength(200);
  });

  it('[D5 F3] a relay whose connection broke is well again, whether it is the active one or stands by', async () => {
    const other = await Database.connect({ url: test.appUrl, schema: 'clearing', applicationName: 'yidi-other' });
    stops.push(() => other.close());
    const relays = [relayOn(test.database, kafka()), relayOn(other, kafka())];
    const notes = (): Promise<string[]> => Promise.resolve(relays.map((relay) => relay.state().reason));
    await eventually(lockHolders, (holders) => holders.length === 1);
    for (let round = 0; round < 3; round += 1) {
      await test.database.source.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await eventually(notes, (reasons) => reasons.some((reason) => reason !== 'running'));
      await eventually(notes, (reasons) => reasons.every((reason) => reason === 'running'));
    }
    await write(counted(20, 2));
    await eventually(left, (n) => n === 0);
    expect(await topics.read(topic, ({ length }) => length >= 20)).toHaveLength(20);
  });

  it('[D5] a relay that is stopped sends what is there', async () => {
    const relay = relayOn(test.database, kafka());
    await eventually(lockHolders, (holders) => holders.length === 1);
    await write(counted(1_500, 5));
    await relay.stop();
    expect(await left()).toBe(0);
    expect(await lockHolders()).toEqual([]);
  });

  it('[D5 F4] without Kafka the rows wait, health says so, and stop does not wait for ever', async () => {
    await write(counted(3, 1));
    const relay = relayOn(test.database, new KafkaPort({ brokers: '127.0.0.1:1', clientId: 'yidi-test' }));
    const state = (): Promise<{ ok: boolean }> => Promise.resolve(relay.state());
    await eventually(state, ({ ok }) => !ok);
    const begun = performance.now();
    await relay.stop();
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await left()).toBe(3);
  });
});
