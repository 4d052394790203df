import { randomUUID } from 'node:crypto';
import type { EventContract } from '../contracts/index.js';
import type { Transaction } from '../database/index.js';
import { currentTrace } from './trace.js';
import type { Trace } from './trace.js';
import type { Envelope } from './envelope.js';

/** An event that is about to be published: what happened to which aggregate, in which version. */
export interface OutgoingEvent<P = unknown> {
  readonly contract: EventContract<P>;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly payload: P;
  /** The call or message that caused it; without it, the one that is under way. */
  readonly trace?: Trace;
}

/** A payload breaks its contract or is too large to send. Always a bug of the producer. */
export class ContractViolation extends Error {}

export const largestMessageBytes = 900_000;

/** 发件箱: events are rows of the business transaction; they leave with the commit or not at all. */
export class Outbox {
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly producer: string,
    private readonly clock: { now(): Date },
  ) {}

  publish<P>(tx: Transaction, contract: EventContract<P>, event: Omit<OutgoingEvent<P>, 'contract'>): Promise<void> {
    return this.publishAll(tx, [{ contract, ...event }]);
  }

  /** Many events in one statement, in key order, so that two batches cannot wait for each other's keys. */
  async publishAll(tx: Transaction, events: readonly OutgoingEvent[]): Promise<void> {
    if (events.length === 0) return;
    const prepared = events
      .map((event) => this.prepare(event))
      .sort((a, b) => (a.topic + a.key < b.topic + b.key ? -1 : a.topic + a.key > b.topic + b.key ? 1 : 0));
    await tx.query(
      `insert into outbox (message_id, topic, key, body, created_at)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[])`,
      [
        prepared.map(({ id }) => id),
        prepared.map(({ topic }) => topic),
        prepared.map(({ key }) => key),
        prepared.map(({ body }) => body),
        prepared.map(({ at }) => at),
      ],
    );
    this.wakeAfterCommit();
  }

  /** Tells the relay that there may be something to send. */
  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** TypeORM has no commit hook; a moment later is good enough, the relay looks regularly anyway. */
  private wakeAfterCommit(): void {
    setTimeout(() => {
      this.listeners.forEach((listener) => {
        listener();
      });
    }, 5).unref();
  }

  private prepare({ contract, aggregateId, aggregateVersion, payload, trace = currentTrace() }: OutgoingEvent) {
    const problems = contract.problems(payload);
    if (problems.length > 0) throw new ContractViolation(`${contract.topic}: ${problems.slice(0, 3).join('; ')}`);
    const at = this.clock.now().toISOString();
    const { correlationId, causationId } = trace;
    const envelope: Envelope = {
      id: randomUUID(),
      type: contract.type,
      version: contract.version,
      occurredAt: at,
      producer: this.producer,
      aggregateId,
      aggregateVersion,
      correlationId,
      causationId,
      payload,
    };
    const body = Buffer.from(JSON.stringify(envelope));
    if (body.length > largestMessageBytes)
      throw new ContractViolation(`${contract.topic}: ${body.length} bytes are too many`);
    return { id: envelope.id, topic: contract.topic, key: aggregateId, body, at };
  }
}
