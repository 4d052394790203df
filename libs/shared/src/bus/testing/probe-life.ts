import type { OwnProcess } from '../../../../../tools/launcher/processes.js';
import { eventually, testBrokers, testDatabase, uniqueName } from '../../testing/index.js';
import type { TestDatabase } from '../../testing/index.js';
import type { Envelope } from '../envelope.js';
import type { Crash } from './crash-points.js';
import { membersOf } from './kafka-tools.js';
import { probeAnswered, probeCounted, probeMigrations, probeSchema } from './probe-events.js';
import { startProbeProcess } from './probe-process.js';
import { bytesOf, counted, envelopeOf, envelopesOf } from './topics.js';
import type { Topics } from './topics.js';

/** What every life is about: some keys, and one message that cannot be read. */
export const lifeEvents = counted(36, 5);
export const sessionTimeoutMs = 6_000;
const poison = Buffer.from('{ no JSON');

/** One topic, one database, one process after the other. */
export class ProbeLife {
  readonly prefix = `${uniqueName('crash')}.`;
  private readonly processes: OwnProcess[] = [];

  private constructor(
    readonly test: TestDatabase,
    readonly topics: Topics,
  ) {}

  static async begin(topics: Topics): Promise<ProbeLife> {
    const life = new ProbeLife(await testDatabase(probeSchema, probeMigrations), topics);
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
    const messages = lifeEvents.map((event) => ({ key: event.key, value: bytesOf(envelopeOf(event)) }));
    return this.topics.put(this.topic, messages.toSpliced(20, 0, { key: 'k0', value: poison }));
  }

  start(crash?: Crash): OwnProcess {
    const child = startProbeProcess(`${this.prefix}${this.processes.length}`, {
      databaseUrl: this.test.appUrl,
      brokers: testBrokers(),
      topicPrefix: this.prefix,
      sessionTimeoutMs,
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
      new Set(all.map(({ value }) => value.toString())).size >= lifeEvents.length;
    return envelopesOf(await this.topics.read(this.prefix + probeAnswered.topic, complete));
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((child) => child.stop()));
    await this.test.drop();
  }
}
