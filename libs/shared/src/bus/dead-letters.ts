import { one, rows } from '../database/index.js';
import type { Database } from '../database/index.js';
import { count } from './bus-counts.js';
import type { IncomingMessage, SerialProducer } from './kafka-port.js';

export interface DeadLetter {
  readonly id: bigint;
  readonly topic: string;
  readonly partition: number;
  readonly messageOffset: string;
  readonly key: Buffer | null;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly reason: string;
}

/** What an operator sees of one; the body may hold personal data and stays inside. */
export interface DeadLetterNotice {
  readonly id: string;
  readonly topic: string;
  readonly offset: string;
  readonly reason: string;
  readonly deadAt: Date;
}

/** 死信: messages that could not be processed, kept with their original bytes until somebody replays them. */
export class DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly producer: SerialProducer,
    private readonly topicPrefix: string,
    private readonly clock: { now(): Date },
  ) {}

  /** Keeps the message here first, then shows it on `<topic>.dlq`; a broker that is down does not lose it. */
  async keep(message: IncomingMessage, reason: string): Promise<void> {
    const topic = message.topic.slice(this.topicPrefix.length);
    await this.database.transaction(async (tx) => {
      const added = await one<{ id: bigint }>(
        tx,
        `insert into dead_letter (direction, topic, partition, message_offset, key, headers, body, reason, dead_at)
         values ('in', $1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
        [
          topic,
          message.partition,
          message.offset,
          message.key,
          JSON.stringify(message.headers),
          message.value,
          reason.slice(0, 1000),
          this.clock.now(),
        ],
      );
      if (added !== undefined) await count(tx, 'dead', [topic]);
    });
    const headers = {
      ...message.headers,
      'yidi-reason': reason.slice(0, 500),
      'yidi-offset': message.offset,
      'yidi-partition': String(message.partition),
    };
    await this.producer.send([
      { topic: `${message.topic}.dlq`, messages: [{ key: message.key, value: message.value, headers }] },
    ]);
  }

  /** Those that nobody has replayed yet, oldest first. */
  open(): Promise<DeadLetterNotice[]> {
    return this.database.transaction((tx) =>
      rows<DeadLetterNotice>(
        tx,
        `select id::text, topic, message_offset as "offset", reason, dead_at as "deadAt" from dead_letter
         where direction = 'in' and replayed_at is null order by id limit 500`,
      ),
    );
  }

  find(id: bigint): Promise<DeadLetter | undefined> {
    return this.database.transaction((tx) =>
      one<DeadLetter>(
        tx,
        `select id, topic, partition, message_offset as "messageOffset", key, headers, body, reason from dead_letter where id = $1 and direction = 'in'`,
        [id],
      ),
    );
  }

  async markReplayed(id: bigint): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query('update dead_letter set replayed_at = $2 where id = $1', [id, this.clock.now()]),
    );
  }
}
