import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database/index.js';
import { eventually, testBrokers, testDatabase, uniqueName } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import type { Envelope } from './envelope.js';
import {
  count,
  countAndAnswer,
  emptyProbe,
  expectedState,
  keepNewest,
  probeAnswered,
  probeCounted,
  probeMigrations,
  probeSchema,
  probeState,
} from './testing/probe-events.js';
import type { ProbeState } from './testing/probe-events.js';
import { startProbe } from './testing/probe-service.js';
import type { Probe, ProbeOptions } from './testing/probe-service.js';
import { shuffled, shuffledByKey } from './testing/shuffle.js';
import { forgetGroup } from './testing/kafka-tools.js';
import { bytesOf, counted, envelopeOf, envelopesOf, Topics } from './testing/topics.js';
import { currentTrace, newTrace, runWithTrace } from './trace.js';

describe('a service on the bus', () => {
  let test: TestDatabase;
  let topics: Topics;
  let prefix: string;
  let topic: string;
  const running: Probe[] = [];

  beforeAll(async () => {
    test = await testDatabase(probeSchema, probeMigrations);
    topics = new Topics();
  });
  afterAll(async () => {
    await topics.close();
    await test.drop();
  });
  beforeEach(async () => {
    prefix = `${uniqueName('server')}.`;
    topic = prefix + probeCounted.topic;
    await emptyProbe(test.database);
    await topics.make([topic, prefix + probeAnswered.topic]);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((probe) => probe.stop()));
  });

  const start = async (options: Partial<ProbeOptions> = {}): Promise<Probe> => {
    const probe = await startProbe({
      ...{ database: test.database, brokers: testBrokers(), topicPrefix: prefix },
      ...options,
    });
    running.push(probe);
    return probe;
  };
  const stop = async (probe: Probe): Promise<void> => {
    running.splice(running.indexOf(probe), 1);
    await probe.stop();
  };
  const put = (envelopes: readonly Envelope[]): Promise<void> =>
    topics.put(
      topic,
      envelopes.map((envelope) => ({ key: envelope.aggregateId, value: bytesOf(envelope) })),
    );
  const state = (): Promise<ProbeState[]> => test.database.transaction(probeState);
  const inboxSize = async (): Promise<number> =>
    Number((await test.database.source.query<{ n: bigint }[]>('select count(*) as n from inbox'))[0]?.n);
  const lag = (): Promise<number> => topics.lag(`${prefix}yidi-${probeSchema}`, topic);
  const nothingLeft = (): Promise<unknown> => eventually(lag, (messages) => messages === 0);

  it('[D5] the correlation goes from a call through a message into what that causes', async () => {
    const { outbox } = await start({
      effect: async (event, tx, to) => {
        expect(currentTrace()).toEqual({ correlationId: 'the-matter', causationId: event.id });
        await countAndAnswer(event, tx, to);
      },
    });
    await runWithTrace(newTrace('the-matter'), () =>
      test.database.transaction((tx) =>
        outbox.publish(tx, probeCounted, { aggregateId: 'k', aggregateVersion: 1, payload: { amount: 3 } }),
      ),
    );
    const sent = envelopesOf(await topics.read(topic, ({ length }) => length === 1));
    const answers = envelopesOf(await topics.read(prefix + probeAnswered.topic, ({ length }) => length === 1));
    expect(sent[0]).toMatchObject({ correlationId: 'the-matter', causationId: null, producer: probeSchema });
    expect(answers[0]).toMatchObject({ correlationId: 'the-matter', causationId: sent[0]?.id, aggregateId: 'k' });
  });

  const twice = <T>(all: readonly T[]): T[] => [...all, ...all];

  it.each([1, 2])('[D5 F5 F6] everything twice, keys shuffled: as if undisturbed (seed %i)', async (seed) => {
    const events = counted(80, 9);
    const { bus } = await start();
    await put(shuffledByKey(twice(events.map(envelopeOf)), ({ aggregateId }) => aggregateId, seed));
    await eventually(inboxSize, (n) => n === events.length);
    await nothingLeft();
    expect(await state()).toEqual(expectedState(events));
    await eventually(
      () => bus.flow(),
      ({ outbox }) => outbox === 0,
    );
    expect(await bus.flow()).toMatchObject({
      published: { [probeAnswered.topic]: events.length },
      consumed: { [probeCounted.topic]: events.length },
      deadLettered: {},
      alarms: 0,
    });
  });

  it('[D5 F6 N13] within one key, too, any order is good enough for what goes by the version', async () => {
    const events = counted(60, 5);
    await start({ effect: keepNewest });
    await put(shuffled(twice(events.map(envelopeOf)), 4));
    await eventually(inboxSize, (n) => n === events.length);
    const newest = events.filter(({ version }) => version === 12).map(({ key, amount }) => ({ key, amount }));
    expect(await test.database.source.query('select key, amount::int as amount from probe_copy order by key')).toEqual(
      newest,
    );
  });

  it('[D5 F4] the whole topic from its beginning, twice more, changes nothing', async () => {
    const events = counted(50, 4);
    await put(events.map(envelopeOf));
    for (let round = 0; round < 3; round += 1) {
      const probe = await start();
      await eventually(inboxSize, (n) => n === events.length);
      await nothingLeft();
      await stop(probe);
      await forgetGroup(testBrokers(), `${prefix}yidi-${probeSchema}`);
      expect(await lag()).toBe(events.length);
    }
    expect(await state()).toEqual(expectedState(events));
  });

  it('[D5 F7] members that come and go under traffic: once each, and per key in order', async () => {
    const events = counted(400, 11);
    const slow = { effect: countAndAnswer, timing: { sessionTimeoutMs: 6_000 } };
    const traffic = (async () => {
      for (let at = 0; at < events.length; at += 20) {
        await put(events.slice(at, at + 20).map(envelopeOf));
        await sleep(60);
      }
    })();
    const first = await start(slow);
    await eventually(inboxSize, (n) => n > 20);
    const second = await start(slow);
    await eventually(
      () => Promise.resolve(second.bus.server.state()),
      ({ ok }) => ok,
    );
    await sleep(300);
    await stop(first);
    const third = await start(slow);
    await traffic;
    await eventually(inboxSize, (n) => n === events.length);
    await stop(second);
    await nothingLeft();
    expect(await state()).toEqual(expectedState(events));
    expect(third.bus.troubles()).toEqual([]);
  });

  it('[D5] a graceful stop ends the message under way and commits it, so that nothing comes again', async () => {
    let inHand: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (inHand = resolve));
    let calls = 0;
    const probe = await start({
      effect: async (event, tx) => {
        calls += 1;
        inHand();
        await sleep(400);
        await count(event, tx);
      },
    });
    await put(counted(4, 1).map(envelopeOf));
    await begun;
    await stop(probe);
    const done = await inboxSize();
    expect(done).toBeGreaterThan(0);
    expect(done).toBe(calls);
    expect(await lag()).toBe(4 - done);
    await start();
    await eventually(inboxSize, (n) => n === 4);
    expect(await state()).toEqual(expectedState(counted(4, 1)));
  });

  it('[D5 F10] a pool that others use up delays messages and loses none', async () => {
    const crowded = await Database.connect({
      ...{ url: test.appUrl, schema: probeSchema, applicationName: 'yidi-crowded', poolSize: 4 },
    });
    const events = counted(60, 12);
    const probe = await start({ database: crowded });
    await put(events.map(envelopeOf));
    const others = Array.from({ length: 24 }, () =>
      crowded.transaction((tx) => tx.query('select pg_sleep(0.4)')).catch(() => undefined),
    );
    await eventually(inboxSize, (n) => n === events.length);
    await Promise.all(others);
    await stop(probe);
    await crowded.close();
    expect(await state()).toEqual(expectedState(events));
    expect(await test.database.source.query('select * from dead_letter')).toEqual([]);
  });
});
