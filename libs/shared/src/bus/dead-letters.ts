import { one, rows } from '../database/index.js';
import type { Database, Transaction } from '../database/index.js';
import { count } from './bus-counts.js';
import { readEnvelope } from './envelope.js';
import type { IncomingMessage } from './kafka-messages.js';
import { RefusedByBroker } from './kafka-messages.js';
import type { SerialProducer } from './kafka-producer.js';
import { printable } from './printable.js';

export interface DeadLetter {
  readonly id: bigint;
  readonly direction: 'in' | 'out';
  readonly topic: string;
  readonly partition: number | null;
  readonly messageOffset: string | null;
  readonly key: Buffer | null;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly reason: string;
}

/** What an operator sees of one; the body may hold personal data and stays inside. */
export interface DeadLetterNotice {
  readonly id: string;
  /** `in` could not be processed here, `out` was refused by Kafka. */
  readonly direction: 'in' | 'out';
  readonly topic: string;
  readonly offset: string | null;
  readonly reason: string;
  readonly deadAt: Date;
}

export interface DeadLettersOptions {
  readonly database: Database;
  readonly producer: SerialProducer;
  readonly topicPrefix: string;
  readonly clock: { now(): Date };
  readonly onTrouble: (error: unknown) => void;
}

/** 死信: messages that could not be processed, kept with their original bytes until somebody replays them. */
export class DeadLetters {
  constructor(private readonly options: DeadLettersOptions) {}

  /** Keeps the message here first, then shows it on `<topic>.dlq`; a broker that is down does not lose it. */
  async keep(message: IncomingMessage, reason: string): Promise<void> {
    await this.options.database.transaction((tx) => this.insert(tx, message, reason));
    const headers = {
      ...message.headers,
      'yidi-reason': printable(reason, 500),
      'yidi-offset': message.offset,
      'yidi-partition': String(message.partition),
    };
    try {
      await this.options.producer.send([
        { topic: `${message.topic}.dlq`, messages: [{ key: message.key, value: message.value, headers }] },
      ]);
    } catch (error) {
      // With our headers it may just be too large. It is kept, so the partition need not stand still for it.
      if (!(error instanceof RefusedByBroker)) throw error;
      this.options.onTrouble(error);
    }
  }

  private async insert(tx: Transaction, message: IncomingMessage, reason: string): Promise<void> {
    const topic = message.topic.slice(this.options.topicPrefix.length);
    const headers = Object.entries(message.headers).map(([name, value]) => [printable(name), printable(value)]);
    const added = await one<{ id: bigint }>(
      tx,
      `insert into dead_letter (direction, topic, partition, message_offset, key, headers, body, reason, dead_at)
       values ('in', $1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
      [
        ...[topic, message.partition, message.offset, message.key, JSON.stringify(Object.fromEntries(headers))],
        ...[message.value, printable(reason), this.options.clock.now()],
      ],
    );
    if (added !== undefined) await count(tx, 'dead', [topic]);
  }

  /** Those that nobody has replayed yet, oldest first. */
  open(): Promise<DeadLetterNotice[]> {
    return this.options.database.transaction((tx) =>
      rows<DeadLetterNotice>(
        tx,
        `select id::text, direction, topic, message_offset as "offset", reason, dead_at as "deadAt" from dead_letter
         where replayed_at is null order by id limit 500`,
      ),
    );
  }

  find(id: bigint): Promise<DeadLetter | undefined> {
    return this.options.database.transaction((tx) =>
      one<DeadLetter>(
        tx,
        `select id, direction, topic, partition, message_offset as "messageOffset", key, headers, body, reason
         from dead_letter where id = $1`,
        [id],
      ),
    );
  }

  /** False when somebody has done so before. */
  markReplayed(id: bigint): Promise<boolean> {
    return this.options.database.transaction((tx) => this.mark(tx, id));
  }

  /** Puts a refused message back among those to be sent, once; false when somebody has done so before. */
  sendAgain(letter: DeadLetter): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      if (!(await this.mark(tx, letter.id))) return false;
      const { id, aggregateId } = readEnvelope(letter.body);
      await tx.query('insert into outbox (message_id, topic, key, body, created_at) values ($1, $2, $3, $4, $5)', [
        ...[id, letter.topic, aggregateId, letter.body, this.options.clock.now()],
      ]);
      return true;
    });
  }

  private async mark(tx: Transaction, id: bigint): Promise<boolean> {
    const marked = await one<{ id: bigint }>(
      tx,
      `with marked as (update dead_letter set replayed_at = $2 where id = $1 and replayed_at is null returning id)
       select id from marked`,
      [id, this.options.clock.now()],
    );
    return marked !== undefined;
  }
}
