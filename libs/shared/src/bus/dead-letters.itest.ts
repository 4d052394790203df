import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { eventually, testBrokers, testDatabase, uniqueName } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import type { DeadLetterNotice } from './dead-letters.js';
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
import type { Probe } from './testing/probe-service.js';
import { limitMessages } from './testing/kafka-tools.js';
import { bytesOf, counted, envelopeOf, Topics } from './testing/topics.js';

describe('a message that cannot be processed', () => {
  let test: TestDatabase;
  let topics: Topics;
  let prefix: string;
  let topic: string;
  let probe: Probe;
  let broken: boolean;

  beforeAll(async () => {
    test = await testDatabase(probeSchema, probeMigrations);
    topics = new Topics();
  });
  afterAll(async () => {
    await topics.close();
    await test.drop();
  });
  beforeEach(async () => {
    prefix = `${uniqueName('dead')}.`;
    topic = prefix + probeCounted.topic;
    broken = true;
    await emptyProbe(test.database);
    probe = await startProbe({
      database: test.database,
      brokers: testBrokers(),
      topicPrefix: prefix,
      effect: async (event, tx, outbox) => {
        await countAndAnswer(event, tx, outbox);
        if (broken && event.aggregateVersion === 2) throw new Error(`no place for ${event.aggregateId}\0 here`);
      },
    });
  });
  afterEach(() => probe.stop());

  const letters = (): Promise<DeadLetterNotice[]> => probe.bus.deadLetters.open();
  const state = () => test.database.transaction(probeState);
  /** All on one key, so on one partition. */
  const events = counted(4, 1);
  const others = events.filter(({ version }) => version !== 2);
  const put = (values: readonly Buffer[]): Promise<void> =>
    topics.put(
      topic,
      values.map((value) => ({ key: 'k0', value })),
    );
  const bytes = events.map((event) => bytesOf(envelopeOf(event)));

  it('[D5 F11] a message that fails is tried five times, then kept with its bytes and reason, and its partition moves on', async () => {
    await put(bytes);
    const [letter] = await eventually(letters, ({ length }) => length === 1);
    await eventually(state, ([one]) => one?.trail.length === 3);
    expect(await state()).toEqual(expectedState(others));
    expect(letter).toMatchObject({ direction: 'in', topic: probeCounted.topic, offset: '1' });
    expect(letter?.reason).toBe('Error: no place for k0\uFFFD here');
    expect((await probe.bus.deadLetters.find(BigInt(letter?.id ?? 0)))?.body).toEqual(bytes[1]);
    expect(probe.troubles.map((trouble) => (trouble as Error).message)).toEqual(
      Array(5).fill('no place for k0\0 here'),
    );
    const [shown, ...more] = await topics.read(`${topic}.dlq`, ({ length }) => length > 0);
    expect(more).toEqual([]);
    expect(shown?.value).toEqual(bytes[1]);
    expect(shown?.key?.toString()).toBe('k0');
    expect(shown?.headers).toEqual({
      'yidi-reason': 'Error: no place for k0\uFFFD here',
      'yidi-offset': '1',
      'yidi-partition': expect.stringMatching(/^[0-3]$/),
    });
    expect((await probe.bus.flow()).deadLettered).toEqual({ [probeCounted.topic]: 1 });
    expect(probe.bus.troubles()).toEqual([]);
  });

  it('[D5 F11] a dead letter is replayed with its bytes: still failing it stays, then it counts, and only once', async () => {
    await put(bytes);
    const [letter] = await eventually(letters, ({ length }) => length === 1);
    await eventually(state, ([one]) => one?.trail.length === 3);
    const id = BigInt(letter?.id ?? 0);
    const { server } = probe.bus;
    expect(await server.replay(id)).toBe('dead');
    expect(await letters()).toHaveLength(1);
    broken = false;
    expect((await Promise.all([server.replay(id), server.replay(id)])).sort()).toEqual(['already-done', 'done']);
    expect(await server.replay(id)).toBe('already-done');
    expect(await letters()).toEqual([]);
    expect(await state()).toEqual(expectedState([...others, ...events.filter(({ version }) => version === 2)]));
    expect(await server.replay(id + 1_000n)).toBeUndefined();
    expect((await probe.bus.flow()).deadLettered).toEqual({ [probeCounted.topic]: 1 });
  });

  it('[D5 F11] a message of five megabytes is kept whole, and what follows it is processed', async () => {
    const large = randomBytes(5 * 1024 * 1024);
    await put([large, ...bytes.filter((_, index) => index !== 1)]);
    const [letter] = await eventually(letters, ({ length }) => length === 1);
    await eventually(state, ([one]) => one?.trail.length === 3);
    expect(letter?.reason).toBe('5242880 bytes are too many');
    expect((await probe.bus.deadLetters.find(BigInt(letter?.id ?? 0)))?.body.equals(large)).toBe(true);
    const [shown] = await topics.read(`${topic}.dlq`, ({ length }) => length > 0);
    expect(shown?.value.equals(large)).toBe(true);
  });

  it('[D5 F11] a dead letter that its topic refuses does not hold up the partition', async () => {
    await limitMessages(testBrokers(), `${topic}.dlq`, 100);
    await put([Buffer.from('{ this is no JSON and, with its headers, longer than the limit of its topic'), ...bytes]);
    await eventually(letters, ({ length }) => length === 2);
    await eventually(state, ([one]) => one?.trail.length === 3);
    expect(await state()).toEqual(expectedState(others));
    expect(probe.troubles.map((trouble) => (trouble as Error).message)).toContain('MESSAGE_TOO_LARGE');
  });

  it('[D5 F4] a dead letter is kept even when another one lay at its place of a topic that was made anew', async () => {
    const place = { topic, partition: 0, offset: '0', key: null, headers: { tenant: 'a\0b' } };
    const { deadLetters } = probe.bus;
    for (const text of ['one', 'one', 'other']) await deadLetters.keep({ ...place, value: Buffer.from(text) }, 'test');
    const kept = await letters();
    expect(kept).toHaveLength(2);
    expect((await deadLetters.find(BigInt(kept[0]?.id ?? 0)))?.headers).toEqual({ tenant: 'a\uFFFDb' });
  });
});
