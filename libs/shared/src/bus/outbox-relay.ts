import type { QueryRunner } from 'typeorm';
import type { Database } from '../database/index.js';
import { RefusedByBroker } from './kafka-messages.js';
import type { OutgoingMessage, TopicMessages } from './kafka-messages.js';
import { atMost } from './kafka-patience.js';
import type { KafkaPort } from './kafka-port.js';
import type { SerialProducer } from './kafka-producer.js';
import type { Outbox } from './outbox.js';
import { largestMessageBytes } from './outbox.js';

interface OutboxRow {
  readonly position: bigint;
  readonly topic: string;
  readonly key: string;
  readonly body: Buffer;
}

const mostRows = 500;
const lookEveryMs = 200;
const standByMs = 1_000;
const afterTroubleMs = 500;
const drainForMs = 5_000;
const advisoryLock = 7_000_434;

export interface RelayOptions {
  readonly database: Database;
  readonly kafka: KafkaPort;
  readonly schema: string;
  readonly topicPrefix: string;
  readonly clock: { now(): Date };
  readonly onTrouble: (error: unknown) => void;
  /** Unhealthy when nothing was looked for so long. */
  readonly watchdogMs: number;
}

/**
 * 转发: publishes outbox rows in position order and deletes exactly what it published. One relay per service is active; the
 * others stand by on an advisory lock. A crash between publishing and deleting sends a row twice, which the inbox absorbs.
 */
export class OutboxRelay {
  private stopBy: number | undefined;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private lastRound = performance.now();
  private trouble: string | undefined;
  private readonly producer: SerialProducer;

  constructor(
    private readonly options: RelayOptions,
    outbox: Outbox,
  ) {
    this.producer = options.kafka.producer();
    outbox.onPublished(() => {
      this.wake();
    });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Healthy while rounds are made without trouble. */
  state(): { ok: boolean; reason: string } {
    const silentForMs = Math.round(performance.now() - this.lastRound);
    if (this.trouble !== undefined) return { ok: false, reason: this.trouble };
    return silentForMs < this.options.watchdogMs
      ? { ok: true, reason: 'running' }
      : { ok: false, reason: `silent for ${silentForMs} ms` };
  }

  /** Sends what is there, for at most five seconds, then stops; what is left waits in its table. */
  async stop(): Promise<void> {
    this.stopBy = performance.now() + drainForMs;
    this.wake();
    await atMost(drainForMs, this.running ?? Promise.resolve());
    await this.producer.close();
    await atMost(drainForMs, this.running ?? Promise.resolve());
  }

  private get stopping(): boolean {
    return this.stopBy !== undefined;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const runner = this.options.database.source.createQueryRunner();
      try {
        await runner.connect();
        await this.relayWhileLocked(runner);
      } catch (error) {
        this.trouble = error instanceof Error ? error.name : 'unknown';
        this.options.onTrouble(error);
      } finally {
        await runner.query('select pg_advisory_unlock_all()').catch(() => undefined);
        await runner.release().catch(() => undefined);
      }
      if (this.trouble !== undefined) await this.pause(afterTroubleMs);
    }
  }

  private async relayWhileLocked(runner: QueryRunner): Promise<void> {
    while (!(await this.isMine(runner))) {
      this.allIsWell();
      if (this.stopping) return;
      await this.pause(standByMs);
    }
    for (;;) {
      const sent = await this.round(runner);
      this.allIsWell();
      if (this.stopBy !== undefined && (sent === 0 || performance.now() > this.stopBy)) return;
      if (sent === 0) await this.pause(lookEveryMs);
    }
  }

  private async isMine(runner: QueryRunner): Promise<boolean> {
    const found = (await runner.query(`select pg_try_advisory_lock($1, hashtext($2)) as mine`, [
      advisoryLock,
      this.options.schema,
    ])) as { mine: boolean }[];
    return found[0]?.mine === true;
  }

  private allIsWell(): void {
    this.lastRound = performance.now();
    this.trouble = undefined;
  }

  /** So many rows, and together no more bytes than the largest single message: every broker takes such a request. */
  private async round(runner: QueryRunner): Promise<number> {
    const found = (await runner.query(
      `select position, topic, key, body from (
         select position, topic, key, body, sum(length(body)) over (order by position) as bytes
         from (select * from outbox order by position limit ${mostRows}) as next) as summed
       where bytes <= $1 or bytes = length(body) order by position`,
      [largestMessageBytes],
    )) as OutboxRow[];
    if (found.length === 0) return 0;
    try {
      await this.producer.send(this.byTopic(found));
      await this.forget(runner, found);
    } catch (error) {
      if (!(error instanceof RefusedByBroker)) throw error;
      for (const row of found) await this.sendAlone(runner, row);
    }
    return found.length;
  }

  /** One refused message must not keep the others: each is sent alone, and the refused one is put aside. */
  private async sendAlone(runner: QueryRunner, row: OutboxRow): Promise<void> {
    try {
      await this.producer.send(this.byTopic([row]));
      await this.forget(runner, [row]);
    } catch (error) {
      if (!(error instanceof RefusedByBroker)) throw error;
      this.options.onTrouble(error);
      await runner.query(
        `with gone as (delete from outbox where position = $1), counted as (
           insert into bus_count as c (direction, topic, messages) values ('dead', $2, 1)
           on conflict (direction, topic) do update set messages = c.messages + 1)
         insert into dead_letter (direction, topic, key, body, reason, dead_at) values ('out', $2, $3, $4, $5, $6)`,
        [row.position, row.topic, Buffer.from(row.key), row.body, error.message, this.options.clock.now()],
      );
    }
  }

  private byTopic(found: readonly OutboxRow[]): TopicMessages[] {
    const topics = new Map<string, OutgoingMessage[]>();
    for (const { topic, key, body } of found) {
      const messages = topics.get(topic) ?? [];
      messages.push({ key, value: body });
      topics.set(topic, messages);
    }
    return [...topics].map(([topic, messages]) => ({ topic: this.options.topicPrefix + topic, messages }));
  }

  /** Deleted and counted in one statement, so that a crash counts nothing twice. */
  private async forget(runner: QueryRunner, found: readonly OutboxRow[]): Promise<void> {
    await runner.query(
      `with gone as (delete from outbox where position = any($1::bigint[]) returning topic)
       insert into bus_count as c (direction, topic, messages)
       select 'published', topic, count(*) from gone group by topic order by topic
       on conflict (direction, topic) do update set messages = c.messages + excluded.messages`,
      [found.map(({ position }) => position)],
    );
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
