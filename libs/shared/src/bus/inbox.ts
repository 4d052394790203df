import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventContract } from '../contracts/index.js';
import { isRepeatable, isTransient, one } from '../database/index.js';
import type { Database, Transaction } from '../database/index.js';
import { count } from './bus-counts.js';
import { readEnvelope, UnreadableMessage } from './envelope.js';
import type { Envelope } from './envelope.js';
import type { Holding, IncomingMessage } from './kafka-messages.js';
import { printable } from './printable.js';
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
  readonly onTrouble: (error: unknown, message?: IncomingMessage) => void;
  readonly tries?: number;
}

export type InboxResult = 'done' | 'already-done' | 'alarm' | 'dead';

/** A message whose bytes keep what they promise, and what it does here. */
interface Readable {
  readonly event: Envelope;
  readonly topic: string;
  readonly sha256: Buffer;
  readonly effect: Effect;
}

const largestBytes = 1_048_576;

/** 收件箱: makes every message count exactly once, whatever Kafka delivers how often. */
export class Inbox {
  constructor(private readonly options: InboxOptions) {}

  /** Takes one message to its end: done, known already, alarmed, or a dead letter. Undefined when it is no longer ours. */
  take(message: IncomingMessage, holding: Holding): Promise<InboxResult | undefined> {
    let readable: Readable;
    try {
      readable = this.read(message);
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      this.options.onTrouble(error, message);
      return this.giveUp(message, error.message, holding);
    }
    const { correlationId, id } = readable.event;
    return runWithTrace(newTrace(correlationId, id), () => this.tryToTheEnd(message, readable, holding));
  }

  private read(message: IncomingMessage): Readable {
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
    return { event, topic, effect, sha256: createHash('sha256').update(message.value).digest() };
  }

  /**
   * A try that was noted stays noted until it is used up. A broken connection, or another transaction in the way, says
   * nothing about the message and uses up nothing, however often it happens.
   */
  private async tryToTheEnd(
    message: IncomingMessage,
    readable: Readable,
    holding: Holding,
  ): Promise<InboxResult | undefined> {
    const tries = this.options.tries ?? 5;
    let attempt: number | undefined;
    for (let wait = 50; holding.stillOurs(); wait = Math.min(wait * 2, 2_000)) {
      try {
        attempt ??= await this.noteAttempt(message);
        if (attempt > tries) return await this.giveUp(message, await this.lastReason(message), holding);
        return await this.process(message, readable);
      } catch (error) {
        this.options.onTrouble(error, message);
        if (!isTransient(error) && !isRepeatable(error)) {
          attempt = undefined;
          await this.keepReason(message, error).catch(() => undefined);
        }
        await holding.heartbeat();
        await sleep(wait + (Number(message.offset) % 7) * 5);
      }
    }
    if (attempt !== undefined) await this.undoAttempt(message).catch(() => undefined);
    return undefined;
  }

  /** Inbox row, effect and what it causes, in one transaction; the tries it took are forgotten in it too. */
  private process(message: IncomingMessage, { event, topic, sha256, effect }: Readable): Promise<InboxResult> {
    return this.options.database.transaction(async (tx) => {
      await tx.query('delete from inbox_attempt where message_key = $1', [keyOf(message)]);
      const isNew = await one<{ message_id: string }>(
        tx,
        `insert into inbox (message_id, topic, body_sha256, processed_at) values ($1, $2, $3, $4) on conflict do nothing returning message_id`,
        [event.id, topic, sha256, this.options.clock.now()],
      );
      if (isNew === undefined) return this.compareWithKnown(tx, event, topic, sha256, message);
      await effect(event, tx);
      await count(tx, 'consumed', [topic]);
      return 'done';
    });
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
      `insert into bus_alarm (message_id, topic, reason, body, raised_at) values ($1, $2, 'same id, other content', $3, $4)
       on conflict do nothing`,
      [event.id, topic, message.value, this.options.clock.now()],
    );
    this.options.onTrouble(new Error(`message ${event.id} came again with other content`), message);
    return 'alarm';
  }

  /** Keeps it as a dead letter, however long that takes: what is neither done nor kept would be lost. */
  private async giveUp(message: IncomingMessage, reason: string, holding: Holding): Promise<InboxResult | undefined> {
    while (holding.stillOurs()) {
      try {
        await this.options.deadLetter(message, reason);
        await this.query('delete from inbox_attempt where message_key = $1', [keyOf(message)]);
        return 'dead';
      } catch (error) {
        this.options.onTrouble(error, message);
        await holding.heartbeat();
        await sleep(300);
      }
    }
    return undefined;
  }

  /** Counted before the effect and outside its transaction, so that a message which kills the process is recognised. */
  private async noteAttempt(message: IncomingMessage): Promise<number> {
    const found = await this.query<{ attempts: number }>(
      `insert into inbox_attempt as a (message_key, attempts) values ($1, 1)
       on conflict (message_key) do update set attempts = a.attempts + 1 returning attempts`,
      [keyOf(message)],
    );
    return found[0]?.attempts ?? 1;
  }

  private async undoAttempt(message: IncomingMessage): Promise<void> {
    await this.query('update inbox_attempt set attempts = attempts - 1 where message_key = $1', [keyOf(message)]);
  }

  private async keepReason(message: IncomingMessage, error: unknown): Promise<void> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    await this.query('update inbox_attempt set last_reason = $2 where message_key = $1', [
      keyOf(message),
      printable(reason),
    ]);
  }

  private async lastReason(message: IncomingMessage): Promise<string> {
    const found = await this.query<{ last_reason: string | null }>(
      'select last_reason from inbox_attempt where message_key = $1',
      [keyOf(message)],
    );
    return found[0]?.last_reason ?? 'the process died while handling it';
  }

  private query<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.options.database.source.query<R[]>(sql, parameters);
  }
}

const keyOf = ({ topic, partition, offset }: IncomingMessage): string => `${topic}/${partition}/${offset}`;
