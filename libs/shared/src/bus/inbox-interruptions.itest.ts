import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows } from '../database/index.js';
import type { Transaction } from '../database/index.js';
import { eventually } from '../testing/index.js';
import { counts, held, InboxBench, once } from './testing/inbox-bench.js';
import type { ProbeEffect } from './testing/probe-events.js';
import { bytesOf, envelopeOf } from './testing/topics.js';

const first = envelopeOf({ key: 'k', version: 1, amount: 7 });

describe('what interrupts the inbox and is no fault of the message', () => {
  let bench: InboxBench;
  beforeAll(async () => {
    bench = await InboxBench.open();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.empty());

  const ownPid = async (tx: Transaction): Promise<number> =>
    (await rows<{ pid: number }>(tx, 'select pg_backend_pid() as pid'))[0]?.pid ?? 0;
  const terminate = (pid: number): Promise<unknown> =>
    bench.test.database.source.query('select pg_terminate_backend($1)', [pid]);
  const gone = (pid: number): Promise<unknown> =>
    eventually(
      () => bench.test.database.source.query<unknown[]>('select 1 from pg_stat_activity where pid = $1', [pid]),
      ({ length }) => length === 0,
    );

  /** Where in its handling the connection breaks. */
  const breaks: [string, (tx: Transaction) => Promise<void>][] = [
    [
      'in a query',
      async (tx) => {
        const pid = await ownPid(tx);
        await Promise.all([tx.query('select pg_sleep(20)'), terminate(pid)]);
      },
    ],
    [
      'between two queries',
      async (tx) => {
        const pid = await ownPid(tx);
        await terminate(pid);
        await gone(pid);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await tx.query('select 1');
      },
    ],
    [
      'at the commit',
      async (tx) => {
        await terminate(await ownPid(tx));
      },
    ],
  ];

  it.each(breaks)('[D5 F3] a connection that breaks %s is not a try of the message', async (_, breakIt) => {
    let calls = 0;
    const breaksThrice: ProbeEffect = async (event, tx) => {
      await counts(event, tx);
      calls += 1;
      if (calls <= 3) await breakIt(tx);
    };
    expect(await bench.inbox(breaksThrice, 1).take(bench.message(bytesOf(first)), held)).toBe('done');
    expect(calls).toBe(4);
    expect(await bench.sizes()).toEqual(once);
    expect(bench.troubles).toHaveLength(3);
  });

  it('[D5 F14] another transaction in the way is not a try of the message either', async () => {
    let calls = 0;
    const inTheWay: ProbeEffect = async (event, tx) => {
      await counts(event, tx);
      calls += 1;
      if (calls <= 12) await tx.query(`do $$ begin raise exception 'in the way' using errcode = '40001'; end $$`);
    };
    expect(await bench.inbox(inTheWay, 1).take(bench.message(bytesOf(first)), held)).toBe('done');
    expect(calls).toBe(13);
    expect(await bench.sizes()).toEqual(once);
  });

  it('[D5 F9] a disk that is full is not a try of the message', async () => {
    let calls = 0;
    const full: ProbeEffect = async (event, tx) => {
      await counts(event, tx);
      calls += 1;
      if (calls <= 2) await tx.query(`do $$ begin raise exception 'no space' using errcode = '53100'; end $$`);
    };
    expect(await bench.inbox(full, 1).take(bench.message(bytesOf(first)), held)).toBe('done');
    expect(await bench.sizes()).toEqual(once);
  });

  it('[D5 F7] a message that is no longer ours is let go of, and its try is given back', async () => {
    let ours = true;
    const lostMeanwhile: ProbeEffect = async (_, tx) => {
      ours = false;
      await tx.query(`do $$ begin raise exception 'in the way' using errcode = '40001'; end $$`);
    };
    const letter = bench.message(bytesOf(first));
    expect(await bench.inbox(lostMeanwhile, 1).take(letter, { ...held, stillOurs: () => ours })).toBeUndefined();
    expect(await bench.inbox(counts, 1).take(letter, held)).toBe('done');
    expect(await bench.sizes()).toEqual(once);
  });
});
