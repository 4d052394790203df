import type { Transaction } from '../../database/index.js';
import { testDatabase } from '../../testing/index.js';
import type { TestDatabase } from '../../testing/index.js';
import { Inbox } from '../inbox.js';
import type { Effect } from '../inbox.js';
import type { Holding, IncomingMessage } from '../kafka-messages.js';
import { Outbox } from '../outbox.js';
import {
  countAndAnswer,
  emptyProbe,
  probeContracts,
  probeCounted,
  probeMigrations,
  probeSchema,
} from './probe-events.js';
import type { ProbeEffect, ProbeEvent } from './probe-events.js';

const clock = { now: () => new Date() };
const outbox = new Outbox(probeSchema, clock);

/** What a message does here unless a test says otherwise. */
export const counts = (event: ProbeEvent, tx: Transaction): Promise<void> => countAndAnswer(event, tx, outbox);

export const held: Holding = { heartbeat: () => Promise.resolve(), stillOurs: () => true };

/** What the tables hold after one message was counted once. */
export const once = { inbox: 1, outbox: 1, probe: 1, attempts: 0 };
export const nothing = { inbox: 0, outbox: 0, probe: 0, attempts: 0 };

/** The inbox on a real database, with messages that no Kafka carried, so that a test decides how often one comes. */
export class InboxBench {
  readonly dead: string[] = [];
  readonly troubles: unknown[] = [];
  private offset = 0;

  private constructor(readonly test: TestDatabase) {}

  static async open(): Promise<InboxBench> {
    return new InboxBench(await testDatabase(probeSchema, probeMigrations));
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  async empty(): Promise<void> {
    this.dead.length = 0;
    this.troubles.length = 0;
    await emptyProbe(this.test.database);
  }

  inbox(effect: ProbeEffect, tries?: number): Inbox {
    return new Inbox({
      database: this.test.database,
      topicPrefix: 't.',
      clock,
      contracts: probeContracts,
      effectOf: (topic) => (topic === probeCounted.topic ? (effect as Effect) : undefined),
      deadLetter: (_, reason) => Promise.resolve(void this.dead.push(reason)),
      onTrouble: (error) => this.troubles.push(error),
      ...(tries === undefined ? {} : { tries }),
    });
  }

  /** The next message of a partition. */
  message(value: Buffer, topic: string = probeCounted.topic): IncomingMessage {
    this.offset += 1;
    const place = { topic: `t.${topic}`, partition: 0, offset: String(this.offset) };
    return { ...place, key: Buffer.from('k'), value, headers: {} };
  }

  async sizes(): Promise<Record<string, number>> {
    const found = await this.test.database.source.query<Record<string, number>[]>(
      `select (select count(*)::int from inbox) as inbox, (select count(*)::int from outbox) as outbox,
              (select count(*)::int from probe) as probe, (select count(*)::int from inbox_attempt) as attempts`,
    );
    return found[0] ?? {};
  }
}
