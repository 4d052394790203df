import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import type { Database } from '../database/index.js';
import { count } from './bus-counts.js';
import type { KafkaPort, SerialProducer } from './kafka-port.js';
import { RefusedByBroker } from './kafka-port.js';
import type { Outbox } from './outbox.js';

interface OutboxRow {
  readonly position: bigint;
  readonly topic: string;
  readonly key: string;
  readonly body: Buffer;
}

const batchSize = 500;
const lookEveryMs = 200;
const advisoryLock = 7_000_434;

export interface RelayOptions {
  readonly database: Database;
  readonly kafka: KafkaPort;
  readonly schema: string;
  readonly topicPrefix: string;
  readonly clock: { now(): Date };
  readonly onTrouble: (error: unknown) => void;
}

/**
 * 转发: publishes outbox rows in position order and deletes exactly what it published. One relay per service is active; the
 * others stand by on an advisory lock. A crash between publishing and deleting sends a row twice, which the inbox absorbs.
 */
export class OutboxRelay {
  private stopping = false;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private lastRound = process.hrtime.bigint();
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
    const silentForMs = Number((process.hrtime.bigint() - this.lastRound) / 1_000_000n);
    if (this.trouble !== undefined) return { ok: false, reason: this.trouble };
    return silentForMs < 20_000
      ? { ok: true, reason: 'running' }
      : { ok: false, reason: `silent for ${silentForMs} ms` };
  }

  /** Sends what is there, for at most five seconds, then stops. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await Promise.race([this.running, sleep(5_000, undefined, { ref: false })]);
    await this.producer.close().catch(() => undefined);
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
        await this.pause(500);
      } finally {
        await runner.query('select pg_advisory_unlock_all()').catch(() => undefined);
        await runner.release().catch(() => undefined);
      }
    }
  }

  private async relayWhileLocked(runner: QueryRunner): Promise<void> {
    for (;;) {
      const lock = (await runner.query(`select pg_try_advisory_lock($1, hashtext($2)) as mine`, [
        advisoryLock,
        this.options.schema,
      ])) as { mine: boolean }[];
      if (lock[0]?.mine === true) break;
      this.lastRound = process.hrtime.bigint();
      if (this.stopping) return;
      await this.pause(1_000);
    }
    for (;;) {
      const sent = await this.round(runner);
      this.lastRound = process.hrtime.bigint();
      this.trouble = undefined;
      if (sent === batchSize) continue;
      if (this.stopping) return;
      await this.pause(lookEveryMs);
    }
  }

  private async round(runner: QueryRunner): Promise<number> {
    const found = (await runner.query(
      `select position, topic, key, body from outbox order by position limit ${batchSize}`,
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
      await runner.query(
        `with gone as (delete from outbox where position = $1)
         insert into dead_letter (direction, topic, key, body, reason, dead_at) values ('out', $2, $3, $4, $5, $6)`,
        [row.position, row.topic, Buffer.from(row.key), row.body, error.message, this.options.clock.now()],
      );
    }
  }

  private byTopic(found: readonly OutboxRow[]) {
    const topics = new Map<string, { key: string; value: Buffer }[]>();
    for (const { topic, key, body } of found) {
      const messages = topics.get(topic) ?? [];
      messages.push({ key, value: body });
      topics.set(topic, messages);
    }
    return [...topics].map(([topic, messages]) => ({ topic: this.options.topicPrefix + topic, messages }));
  }

  private async forget(runner: QueryRunner, found: readonly OutboxRow[]): Promise<void> {
    await runner.query('delete from outbox where position = any($1::bigint[])', [
      found.map(({ position }) => position),
    ]);
    await count(
      runner,
      'published',
      found.map(({ topic }) => topic),
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
