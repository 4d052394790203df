import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnProcess } from '../../../../tools/launcher/processes.js';
import { eventually, testBrokers, testDatabase, uniqueName } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import type { Envelope } from './envelope.js';
import { crashPoints } from './testing/crash-points.js';
import type { Crash, CrashPoint } from './testing/crash-points.js';
import { membersOf } from './testing/kafka-tools.js';
import {
  expectedState,
  probeAnswered,
  probeCounted,
  probeMigrations,
  probeSchema,
  probeState,
} from './testing/probe-events.js';
import { startProbeProcess } from './testing/probe-process.js';
import { bytesOf, counted, envelopeOf, envelopesOf, Topics } from './testing/topics.js';

const events = counted(36, 5);
const poison = Buffer.from('{ no JSON');
const undisturbed = expectedState(events);

/** Which time each point is reached when the process dies; late enough that things are under way. */
const times: Record<CrashPoint, number> = {
  received: 9,
  'before-effect': 9,
  'after-effect': 9,
  committed: 9,
  'before-send': 2,
  sent: 2,
  'before-dead-letter': 1,
  'dead-letter-sent': 1,
};

const anyMoments = [
  ['some moment', 40],
  ['some later moment', 230],
] as const;

/** One topic, one database, one process after the other. */
class Life {
  readonly prefix = `${uniqueName('crash')}.`;
  private readonly processes: OwnProcess[] = [];

  private constructor(
    readonly test: TestDatabase,
    readonly topics: Topics,
  ) {}

  static async begin(topics: Topics): Promise<Life> {
    const life = new Life(await testDatabase(probeSchema, probeMigrations), topics);
    await topics.make([life.topic, life.prefix + probeAnswered.topic]);
    return life;
  }

  get topic(): string {
    return this.prefix + probeCounted.topic;
  }

  get groupId(): string {
    return `${this.prefix}yidi-${probeSchema}`;
  }

  put(): Promise<void> {
    const messages = events.map((event) => ({ key: event.key, value: bytesOf(envelopeOf(event)) }));
    return this.topics.put(this.topic, messages.toSpliced(20, 0, { key: 'k0', value: poison }));
  }

  start(crash?: Crash): OwnProcess {
    const child = startProbeProcess(`${this.prefix}${this.processes.length}`, {
      databaseUrl: this.test.appUrl,
      brokers: testBrokers(),
      topicPrefix: this.prefix,
      sessionTimeoutMs: 6_000,
      ...(crash === undefined ? {} : { crash }),
    });
    this.processes.push(child);
    return child;
  }

  async counts(): Promise<Record<string, number>> {
    const found = await this.test.database.source.query<Record<string, number>[]>(
      `select (select count(*)::int from inbox) as inbox, (select count(*)::int from outbox) as outbox,
              (select count(*)::int from dead_letter) as dead, (select count(*)::int from inbox_attempt) as attempts,
              (select coalesce(sum(messages), 0)::int from bus_count where direction = 'published') as published,
              (select coalesce(sum(messages), 0)::int from bus_count where direction = 'consumed') as consumed`,
    );
    return found[0] ?? {};
  }

  members(): Promise<number> {
    return membersOf(testBrokers(), this.groupId);
  }

  /** When everything has been read and sent. */
  async settled(): Promise<void> {
    await eventually(
      () => this.topics.lag(this.groupId, this.topic),
      (messages) => messages === 0,
      50,
    );
    await eventually(
      () => this.counts(),
      ({ outbox }) => outbox === 0,
      50,
    );
  }

  /** Every answer on the topic, repetitions included. */
  async answers(): Promise<Envelope[]> {
    const complete = (all: readonly { value: Buffer }[]): boolean =>
      new Set(all.map(({ value }) => value.toString())).size >= events.length;
    return envelopesOf(await this.topics.read(this.prefix + probeAnswered.topic, complete));
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((child) => child.stop()));
    await this.test.drop();
  }
}

interface Outcome {
  readonly endings: string[];
  readonly state: object;
  readonly counts: object;
  readonly answers: Envelope[];
}

async function outcomeOf(life: Life, endings: string[]): Promise<Outcome> {
  await life.settled();
  const state = await life.test.database.transaction(probeState);
  return { endings, state, counts: await life.counts(), answers: await life.answers() };
}

const distinct = (answers: readonly Envelope[]): string[] => [...new Set(answers.map(({ id }) => id))];

describe('a process that is killed', () => {
  let topics: Topics;
  const outcomes = new Map<string, Promise<Outcome>>();

  /** The scenarios wait for Kafka to miss the dead member, so they all run at once. */
  beforeAll(() => {
    topics = new Topics();
    const play = (name: string, scenario: (life: Life) => Promise<string[]>): void => {
      const outcome = Life.begin(topics).then(async (life) => {
        try {
          return await outcomeOf(life, await scenario(life));
        } finally {
          await life.end();
        }
      });
      outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    };
    for (const point of crashPoints) {
      play(point, async (life) => {
        await life.put();
        const ending = await life.start({ point, at: times[point] }).ended;
        life.start();
        return [ending];
      });
    }
    play('the active one of two', async (life) => {
      const active = life.start({ point: 'sent', at: 2 });
      await eventually(
        () => life.members(),
        (members) => members === 1,
        50,
      );
      life.start();
      await eventually(
        () => life.members(),
        (members) => members === 2,
        50,
      );
      await life.put();
      return [await active.ended];
    });
    for (const [name, afterMs] of anyMoments) {
      play(name, async (life) => {
        await life.put();
        const child = life.start();
        await eventually(
          () => life.counts(),
          ({ inbox }) => Number(inbox) > 0,
          50,
        );
        await sleep(afterMs);
        child.kill('SIGKILL');
        life.start();
        return [await child.ended];
      });
    }
  });
  afterAll(async () => {
    await Promise.allSettled(outcomes.values());
    await topics.close();
  });

  it.each([...crashPoints, 'the active one of two', ...anyMoments.map(([name]) => name)])(
    '[D5 F1 F2] "%s": state and answers are those of an undisturbed run',
    async (name) => {
      const outcome = await outcomes.get(name);
      expect(new Set(outcome?.endings)).toEqual(new Set(['signal SIGKILL']));
      expect(outcome?.state).toEqual(undisturbed);
      const all = events.length;
      expect(outcome?.counts).toEqual({ inbox: all, outbox: 0, dead: 1, attempts: 0, published: all, consumed: all });
      expect(distinct(outcome?.answers ?? [])).toHaveLength(all);
      expect(new Set(outcome?.answers.map(({ causationId }) => causationId)).size).toBe(all);
    },
    90_000,
  );

  it('[D5 F2] what was sent and not deleted is sent again, under the id it had', async () => {
    const answers = (await outcomes.get('sent'))?.answers ?? [];
    expect(answers.length).toBeGreaterThan(distinct(answers).length);
  });
});
