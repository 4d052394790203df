import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, testBrokers, testDatabase, uniqueName } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import { foreignMember } from './testing/kafka-tools.js';
import {
  countAndAnswer,
  emptyProbe,
  expectedState,
  probeCounted,
  probeMigrations,
  probeSchema,
  probeState,
} from './testing/probe-events.js';
import { startProbe } from './testing/probe-service.js';
import type { Probe, ProbeOptions } from './testing/probe-service.js';
import { bytesOf, counted, envelopeOf, Topics } from './testing/topics.js';

describe('what the health of a service says about its bus', () => {
  let test: TestDatabase;
  let topics: Topics;
  let prefix: string;
  let topic: string;
  const probes: Probe[] = [];

  beforeAll(async () => {
    test = await testDatabase(probeSchema, probeMigrations);
    topics = new Topics();
  });
  afterAll(async () => {
    await topics.close();
    await test.drop();
  });
  beforeEach(async () => {
    prefix = `${uniqueName('health')}.`;
    topic = prefix + probeCounted.topic;
    await emptyProbe(test.database);
    await topics.make([topic]);
  });
  afterEach(async () => {
    for (const probe of probes.splice(0)) await probe.stop();
  });

  const start = async (options: Partial<ProbeOptions> = {}): Promise<Probe> => {
    const probe = await startProbe({
      ...{ database: test.database, brokers: testBrokers(), topicPrefix: prefix, timing: { watchdogMs: 2_500 } },
      ...options,
    });
    probes.push(probe);
    return probe;
  };
  const becomes = (probe: Probe, wanted: RegExp): Promise<string> =>
    eventually(
      () => Promise.resolve(probe.bus.troubles().join('; ')),
      (troubles) => wanted.test(troubles),
    );
  const well = /^$/;
  const put = (): Promise<void> =>
    topics.put(
      topic,
      counted(6, 2).map((event) => ({ key: event.key, value: bytesOf(envelopeOf(event)) })),
    );

  it('[D5] a consumer that Kafka turns away is dead, is told apart from a live one, and tries again by itself', async () => {
    const leave = await foreignMember(testBrokers(), `${prefix}yidi-${probeSchema}`, topic);
    const probe = await start();
    expect(probe.bus.troubles()).toEqual(['consumer: has not joined its group yet']);
    await becomes(probe, /^consumer: crashed: KafkaJS\w+$/);
    await eventually(
      () => Promise.resolve(probe.troubles.length),
      (crashes) => crashes >= 2,
    );
    await leave();
    await put();
    await becomes(probe, well);
    await eventually(
      () => test.database.transaction(probeState),
      (state) => state[1]?.trail.length === 3,
    );
    expect(await test.database.transaction(probeState)).toEqual(expectedState(counted(6, 2)));
  });

  it('[D5] a consumer that fetches is well, also when there is nothing; one that hangs in a handler is not', async () => {
    let goOn: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (goOn = resolve));
    const probe = await start({
      effect: async (event, tx, outbox) => {
        await countAndAnswer(event, tx, outbox);
        await hanging;
      },
    });
    await becomes(probe, well);
    for (let waited = 0; waited < 3_500; waited += 100) {
      expect(probe.bus.server.state().ok).toBe(true);
      await sleep(100);
    }
    await put();
    await becomes(probe, /^consumer: nothing fetched for \d+ ms$/);
    goOn();
    await becomes(probe, well);
  });

  it('[D5 F12] a relay that gets no answer from its database is not well until it gets one', async () => {
    const probe = await start({ reads: false });
    await becomes(probe, well);
    let unlock: () => void = () => undefined;
    const locked = test.database.transaction(async (tx) => {
      await tx.query('lock table outbox in access exclusive mode');
      await new Promise<void>((resolve) => (unlock = resolve));
    });
    await becomes(probe, /^relay: silent for \d+ ms$/);
    unlock();
    await locked;
    await becomes(probe, well);
  });

  it('[D5] a consumer that was stopped says so', async () => {
    const probe = await start();
    await becomes(probe, well);
    await probe.bus.server.close();
    expect(probe.bus.troubles()).toEqual(['consumer: stopped']);
  });
});
