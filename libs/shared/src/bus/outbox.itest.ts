import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { rows } from '../database/index.js';
import type { Transaction } from '../database/index.js';
import { eventually, testDatabase } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import { ContractViolation, Outbox } from './outbox.js';
import { probeCounted, probeMigrations } from './testing/probe-events.js';

const outbox = new Outbox('clearing', { now: () => new Date() });
const add = (tx: Transaction, key: string, version: number, amount = 1): Promise<void> =>
  outbox.publish(tx, probeCounted, { aggregateId: key, aggregateVersion: version, payload: { amount } });

interface Waiting {
  readonly key: string;
  readonly version: number;
}

describe('the outbox', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase('clearing', probeMigrations);
  });
  afterAll(() => test.drop());
  beforeEach(() => test.database.source.query('delete from outbox'));

  const transaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => test.database.transaction(work);
  const waiting = (): Promise<Waiting[]> =>
    transaction((tx) =>
      rows<Waiting>(
        tx,
        `select key, (convert_from(body, 'UTF8')::jsonb ->> 'aggregateVersion')::int as version from outbox order by position`,
      ),
    );
  const blocked = async (): Promise<number> => {
    const found = await test.database.source.query<{ n: bigint }[]>(
      `select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return Number(found[0]?.n);
  };

  /** A transaction that has published and ends when it is told to. */
  const open = (key: string, version: number) => {
    let commit: () => void = () => undefined;
    let published: () => void = () => undefined;
    const hasPublished = new Promise<void>((resolve) => (published = resolve));
    const done = transaction(async (tx) => {
      await add(tx, key, version);
      published();
      await new Promise<void>((resolve) => (commit = resolve));
    });
    return { hasPublished, done, commit: () => (commit(), done) };
  };

  it('[D5] an event of a transaction that is rolled back is gone, one that commits is there', async () => {
    await expect(
      transaction(async (tx) => {
        await add(tx, 'a', 1);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await waiting()).toEqual([]);
    await transaction((tx) => add(tx, 'a', 2));
    expect(await waiting()).toEqual([{ key: 'a', version: 2 }]);
  });

  it('[D5] the second transaction on a key waits for the first, so that positions follow commits', async () => {
    const first = open('same', 1);
    await first.hasPublished;
    const second = open('same', 2);
    await eventually(blocked, (n) => n === 1);
    expect(await waiting()).toEqual([]);
    await first.commit();
    await second.hasPublished;
    await second.commit();
    expect(await waiting()).toEqual([
      { key: 'same', version: 1 },
      { key: 'same', version: 2 },
    ]);
  });

  it('[D5] another key does not wait, and what commits late under a lower number is still found', async () => {
    const early = open('slow', 1);
    await early.hasPublished;
    await transaction((tx) => add(tx, 'quick', 1));
    expect(await waiting()).toEqual([{ key: 'quick', version: 1 }]);
    await test.database.source.query('delete from outbox');
    await early.commit();
    expect(await waiting()).toEqual([{ key: 'slow', version: 1 }]);
  });

  it('[D5 F14] two batches that name the same keys in opposite order do not wait for each other', async () => {
    const events = (names: readonly string[]) =>
      names.map((key) => ({ contract: probeCounted, aggregateId: key, aggregateVersion: 1, payload: { amount: 1 } }));
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
    let tries = 0;
    const batch = (names: readonly string[]): Promise<void> =>
      transaction((tx) => {
        tries += 1;
        return outbox.publishAll(tx, events(names));
      });
    await Promise.all(Array.from({ length: 12 }, (_, index) => batch(index % 2 === 0 ? keys : keys.toReversed())));
    expect(await waiting()).toHaveLength(12 * keys.length);
    expect(tries).toBe(12);
  });

  it('[D5] a payload that breaks its contract, or is too large, fails the business transaction', async () => {
    const wrong = { aggregateId: 'a', aggregateVersion: 1, payload: { amount: 0.5 } };
    await expect(transaction((tx) => outbox.publish(tx, probeCounted, wrong))).rejects.toThrow(ContractViolation);
    const long = { aggregateId: 'x'.repeat(5_000_000), aggregateVersion: 1, payload: { amount: 1 } };
    await expect(transaction((tx) => outbox.publish(tx, probeCounted, long))).rejects.toThrow(/bytes are too many/);
    expect(await waiting()).toEqual([]);
  });

  it('[D5 F14] two transactions that lock each other out by single events both get through', async () => {
    const both = Promise.withResolvers<undefined>();
    let begun = 0;
    const publishInOrder = (first: string, second: string): Promise<void> =>
      transaction(async (tx) => {
        await add(tx, first, 1);
        begun += 1;
        if (begun === 2) both.resolve(undefined);
        await both.promise;
        await add(tx, second, 1);
      });
    await Promise.all([publishInOrder('a', 'b'), publishInOrder('b', 'a')]);
    expect((await waiting()).map(({ key }) => key).sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(begun).toBe(3);
  });

  /** What one writer does: some keys, a while between them, and a commit or not. */
  const writer = fc.record({
    keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).map((keys) => keys.sort()),
    pauseMs: fc.nat({ max: 5 }),
    commits: fc.boolean(),
  });

  it('[D5] whoever writes what, at the same time: per key, positions follow commits and nothing is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 8 }), async (writers) => {
        await test.database.source.query('delete from outbox');
        await Promise.all(writers.map((one) => write(one).catch(() => undefined)));
        const found = await waiting();
        const committed = writers.filter(({ commits }) => commits).flatMap(({ keys }) => keys);
        for (const key of 'abcd') {
          const numbers = found.filter((row) => row.key === key && row.version > 0).map(({ version }) => version);
          expect(numbers).toEqual(committed.filter((one) => one === key).map((_, index) => index + 1));
        }
      }),
      { numRuns: 25 },
    );
  });

  /** After its first event on a key a transaction alone may go on with it, so its number is the order of commits. */
  function write({ keys, pauseMs, commits }: { keys: string[]; pauseMs: number; commits: boolean }): Promise<void> {
    return transaction(async (tx) => {
      for (const key of keys) {
        await add(tx, key, 0);
        await sleep(pauseMs);
        const before = await rows<{ n: number }>(
          tx,
          `select count(*)::int as n from outbox where key = $1 and convert_from(body, 'UTF8')::jsonb ->> 'aggregateVersion' <> '0'`,
          [key],
        );
        await add(tx, key, (before[0]?.n ?? 0) + 1);
      }
      if (!commits) throw new Error('rolled back');
    });
  }
});
