import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventContract } from '../contracts/index.js';
import { isTransient, one } from '../database/index.js';
import type { Database, Transaction } from '../database/index.js';
import { count } from './bus-counts.js';
import { readEnvelope, UnreadableMessage } from './envelope.js';
import type { Envelope } from './envelope.js';
import type { Holding, IncomingMessage } from './kafka-port.js';
import { newTrace, runWithTrace } from './trace.js';

export type Effect = (event: Envelope, tx: Transaction) => Promise<void>;

export interface InboxOptions {
  readonly database: Database;
  readonly topicPrefix: string;
  readonly clock: { now(): Date };
  readonly contracts: readonly EventContract[];
  /** What a topic's messages do here; undefined where nobody listens. */
  readonly effectOf: (topic: string) => Effect | undefined;
  readonly deadLetter: (message: IncomingMessage, reason: string) => Promise<void>;
  readonly onTrouble: (error: unknown, message: IncomingMessage) => void;
  readonly tries?: number;
}

export type InboxResult = 'done' | 'already-done' | 'alarm' | 'dead';

const largestBytes = 1_048_576;

/** 收件箱: makes every message count exactly once, whatever Kafka delivers how often. */
export class Inbox {
  constructor(private readonly options: InboxOptions) {}

  /** Takes one message to its end: done, known already, alarmed, or a dead letter. Waits out a broken database. */
  async take(message: IncomingMessage, holding: Holding): Promise<InboxResult | undefined> {
    const tries = this.options.tries ?? 5;
    let wait = 50;
    while (holding.stillOurs()) {
      try {
        const attempt = await this.noteAttempt(message);
        if (attempt > tries) return await this.giveUp(message, await this.lastReason(message));
        const result = await this.process(message);
        await this.forgetAttempts(message);
        return result;
      } catch (error) {
        this.options.onTrouble(error, message);
        if (error instanceof UnreadableMessage) return await this.giveUpPersistently(message, error.message, holding);
        if (isTransient(error)) await this.undoAttempt(message).catch(() => undefined);
        else await this.keepReason(message, error).catch(() => undefined);
        await holding.heartbeat().catch(() => undefined);
        await sleep(wait + (Number(message.offset) % 7) * 5);
        wait = Math.min(wait * 2, 2_000);
      }
    }
    return undefined;
  }

  /** One attempt: inbox row, effect and what it causes, in one transaction. */
  private async process(message: IncomingMessage): Promise<InboxResult> {
    if (message.value.length > largestBytes) throw new UnreadableMessage(`${message.value.length} bytes are too many`);
    const event = readEnvelope(message.value);
    const topic = message.topic.slice(this.options.topicPrefix.length);
    const contract = this.options.contracts.find(
      ({ type, version }) => type === event.type && version === event.version,
    );
    if (contract === undefined || contract.topic !== topic)
      throw new UnreadableMessage(`unknown event ${event.type} v${event.version}`);
    const problems = contract.problems(event.payload);
    if (problems.length > 0) throw new UnreadableMessage(`breaks its contract: ${problems.slice(0, 3).join('; ')}`);
    const effect = this.options.effectOf(topic);
    if (effect === undefined) throw new UnreadableMessage(`nobody here handles ${topic}`);
    const sha256 = createHash('sha256').update(message.value).digest();
    return runWithTrace(newTrace(event.correlationId, event.id), () =>
      this.options.database.transaction(async (tx) => {
        const isNew = await one<{ message_id: string }>(
          tx,
          `insert into inbox (message_id, topic, body_sha256, processed_at) values ($1, $2, $3, $4) on conflict do nothing returning message_id`,
          [event.id, topic, sha256, this.options.clock.now()],
        );
        if (isNew === undefined) return this.compareWithKnown(tx, event, topic, sha256, message);
        await effect(event, tx);
        await count(tx, 'consumed', [topic]);
        return 'done';
      }),
    );
  }

  private async compareWithKnown(
    tx: Transaction,
    event: Envelope,
    topic: string,
    sha256: Buffer,
    message: IncomingMessage,
  ): Promise<InboxResult> {
    const known = await one<{ body_sha256: Buffer }>(tx, 'select body_sha256 from inbox where message_id = $1', [
      event.id,
    ]);
    if (known?.body_sha256.equals(sha256) === true) return 'already-done';
    await tx.query(
      `insert into bus_alarm (message_id, topic, reason, body, raised_at) values ($1, $2, 'same id, other content', $3, $4)`,
      [event.id, topic, message.value, this.options.clock.now()],
    );
    this.options.onTrouble(new Error(`message ${event.id} came again with other content`), message);
    return 'alarm';
  }

  private async giveUpPersistently(
    message: IncomingMessage,
    reason: string,
    holding: Holding,
  ): Promise<InboxResult | undefined> {
    while (holding.stillOurs()) {
      try {
        return await this.giveUp(message, reason);
      } catch (error) {
        this.options.onTrouble(error, message);
        await holding.heartbeat().catch(() => undefined);
        await sleep(300);
      }
    }
    return undefined;
  }

  private async giveUp(message: IncomingMessage, reason: string): Promise<InboxResult> {
    await this.options.deadLetter(message, reason);
    await this.forgetAttempts(message);
    return 'dead';
  }

  private readonly keyOf = ({ topic, partition, offset }: IncomingMessage): string => `${topic}/${partition}/${offset}`;

  /** Counted before the effect and outside its transaction, so that a message which kills the process is recognised. */
  private async noteAttempt(message: IncomingMessage): Promise<number> {
    const found = await this.options.database.source.query<{ attempts: number }[]>(
      `insert into inbox_attempt as a (message_key, attempts) values ($1, 1)
       on conflict (message_key) do update set attempts = a.attempts + 1 returning attempts`,
      [this.keyOf(message)],
    );
    return found[0]?.attempts ?? 1;
  }

  private async undoAttempt(message: IncomingMessage): Promise<void> {
    await this.options.database.source.query(
      'update inbox_attempt set attempts = attempts - 1 where message_key = $1',
      [this.keyOf(message)],
    );
  }

  private async keepReason(message: IncomingMessage, error: unknown): Promise<void> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown';
    await this.options.database.source.query('update inbox_attempt set last_reason = $2 where message_key = $1', [
      this.keyOf(message),
      reason,
    ]);
  }

  private async lastReason(message: IncomingMessage): Promise<string> {
    const found = await this.options.database.source.query<{ last_reason: string | null }[]>(
      'select last_reason from inbox_attempt where message_key = $1',
      [this.keyOf(message)],
    );
    return found[0]?.last_reason ?? 'the process died while handling it';
  }

  private async forgetAttempts(message: IncomingMessage): Promise<void> {
    await this.options.database.source.query('delete from inbox_attempt where message_key = $1', [this.keyOf(message)]);
  }
}
