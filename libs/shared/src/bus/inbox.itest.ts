import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboxResult } from './inbox.js';
import { counts, held, InboxBench, nothing, once } from './testing/inbox-bench.js';
import { probeCounted, probeState } from './testing/probe-events.js';
import type { ProbeEffect } from './testing/probe-events.js';
import { bytesOf, envelopeOf } from './testing/topics.js';

const first = envelopeOf({ key: 'k', version: 1, amount: 7 });

describe('the inbox', () => {
  let bench: InboxBench;
  beforeAll(async () => {
    bench = await InboxBench.open();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.empty());

  it('[D5 F5] a message counts once, however often it comes, also at the same time', async () => {
    const under = bench.inbox(counts);
    const bytes = bytesOf(first);
    const results = await Promise.all(Array.from({ length: 6 }, () => under.take(bench.message(bytes), held)));
    expect(results.sort()).toEqual([...Array<InboxResult>(5).fill('already-done'), 'done']);
    expect(await bench.sizes()).toEqual(once);
    expect(await bench.test.database.transaction(probeState)).toEqual([{ key: 'k', total: 7, trail: [1] }]);
  });

  it('[D5] a handler that throws after its effect leaves no effect, no inbox row and nothing to send', async () => {
    let calls = 0;
    const throws: ProbeEffect = async (event, tx) => {
      await counts(event, tx);
      calls += 1;
      throw new TypeError('the last line of the handler');
    };
    expect(await bench.inbox(throws).take(bench.message(bytesOf(first)), held)).toBe('dead');
    expect(calls).toBe(5);
    expect(await bench.sizes()).toEqual(nothing);
    expect(bench.dead).toEqual(['TypeError: the last line of the handler']);
    expect(await bench.inbox(counts).take(bench.message(bytesOf(first)), held)).toBe('done');
    expect(await bench.sizes()).toEqual(once);
  });

  it('[D5 F11] a handler that fails for a while is tried again, up to the last of five tries', async () => {
    let calls = 0;
    const failsFourTimes: ProbeEffect = async (event, tx) => {
      await counts(event, tx);
      calls += 1;
      if (calls < 5) throw new Error('not yet');
    };
    expect(await bench.inbox(failsFourTimes).take(bench.message(bytesOf(first)), held)).toBe('done');
    expect(calls).toBe(5);
    expect(await bench.sizes()).toEqual(once);
  });

  it('[D5 F11] tries are counted over the deaths of the process; a message that kills it becomes a dead letter', async () => {
    const poison = bench.message(bytesOf(first));
    const key = `${poison.topic}/0/${poison.offset}`;
    const noted = (attempts: number): Promise<unknown> =>
      bench.test.database.source.query(
        `insert into inbox_attempt (message_key, attempts) values ($1, $2)
         on conflict (message_key) do update set attempts = excluded.attempts`,
        [key, attempts],
      );
    await noted(5);
    expect(await bench.inbox(counts).take(poison, held)).toBe('dead');
    expect(bench.dead).toEqual(['the process died while handling it']);
    expect(await bench.sizes()).toEqual(nothing);
    await noted(4);
    expect(await bench.inbox(counts).take(poison, held)).toBe('done');
  });

  it('[D5 F5] the same id with other content raises one alarm and has no effect', async () => {
    const under = bench.inbox(counts);
    await under.take(bench.message(bytesOf(first)), held);
    const forged = bytesOf({ ...first, payload: { amount: 1_000_000 } });
    expect(await under.take(bench.message(forged), held)).toBe('alarm');
    expect(await under.take(bench.message(forged), held)).toBe('alarm');
    expect(await bench.sizes()).toEqual(once);
    expect(await bench.test.database.transaction(probeState)).toEqual([{ key: 'k', total: 7, trail: [1] }]);
    const alarms =
      await bench.test.database.source.query<{ message_id: string; body: Buffer }[]>('select * from bus_alarm');
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({ message_id: first.id, topic: probeCounted.topic });
    expect(alarms[0]?.body.equals(forged)).toBe(true);
    expect(bench.troubles).toHaveLength(2);
  });

  const secret = '430102199001011234';
  const unreadable: { what: string; bytes: Buffer; why: string; topic?: string }[] = [
    { what: 'bytes that are not JSON', bytes: Buffer.from(`{"id": ${secret}`), why: 'not JSON in UTF-8' },
    { what: 'no bytes at all', bytes: Buffer.alloc(0), why: 'not JSON in UTF-8' },
    {
      what: 'JSON with bytes that are not UTF-8',
      bytes: Buffer.from([0x22, 0xc3, 0x28, 0x22]),
      why: 'not JSON in UTF-8',
    },
    { what: 'JSON that is not an envelope', bytes: bytesOf({ person: secret }), why: 'not an envelope: ' },
    {
      what: 'an id that is not a UUID',
      bytes: bytesOf({ ...first, id: 'x'.repeat(36) }),
      why: 'not an envelope: /id ',
    },
    { what: 'an unknown type', bytes: bytesOf({ ...first, type: 'salary-paid' }), why: 'unknown event salary-paid v1' },
    { what: 'an unknown version', bytes: bytesOf({ ...first, version: 2 }), why: 'unknown event probe-counted v2' },
    {
      what: 'an event of another topic',
      bytes: bytesOf({ ...first, type: 'probe-answered' }),
      why: 'unknown event probe-answered v1',
    },
    {
      what: 'a payload that breaks its contract',
      bytes: bytesOf({ ...first, payload: { amount: secret } }),
      why: 'breaks its contract: ',
    },
    { what: 'more than a megabyte', bytes: Buffer.alloc(1_048_577, ' '), why: '1048577 bytes are too many' },
    {
      what: 'an event nobody handles',
      bytes: bytesOf({ ...first, type: 'probe-answered', payload: { answersVersion: 1 } }),
      why: 'nobody here handles probe-answered',
      topic: 'probe-answered',
    },
  ];

  it.each(unreadable)(
    '[D5 F11] $what: kept at once, and the reason tells no content',
    async ({ bytes, why, topic }) => {
      let calls = 0;
      const handler: ProbeEffect = () => Promise.resolve(void (calls += 1));
      expect(await bench.inbox(handler).take(bench.message(bytes, topic), held)).toBe('dead');
      expect(calls).toBe(0);
      expect(bench.dead).toHaveLength(1);
      expect(bench.dead[0]?.startsWith(why)).toBe(true);
      expect(bench.dead[0]).not.toContain(secret);
      expect(await bench.sizes()).toEqual(nothing);
    },
  );
});
