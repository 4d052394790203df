import { randomUUID } from 'node:crypto';
import { eventually, testBrokers, uniqueName } from '../../testing/index.js';
import type { Envelope } from '../envelope.js';
import type { IncomingMessage } from '../kafka-messages.js';
import { KafkaPort } from '../kafka-port.js';
import { probeCounted } from './probe-events.js';

export interface Counted {
  readonly key: string;
  readonly version: number;
  readonly amount: number;
}

export const envelopeOf = ({ key, version, amount }: Counted): Envelope => ({
  id: randomUUID(),
  type: probeCounted.type,
  version: probeCounted.version,
  occurredAt: new Date().toISOString(),
  producer: 'test',
  aggregateId: key,
  aggregateVersion: version,
  correlationId: `correlation-${key}-${version}`,
  causationId: null,
  payload: { amount },
});

export const bytesOf = (envelope: unknown): Buffer => Buffer.from(JSON.stringify(envelope));

/** So many messages, spread over so many keys; per key the versions are 1, 2, 3, … */
export const counted = (messages: number, keys: number): Counted[] =>
  Array.from({ length: messages }, (_, index) => ({
    key: `k${index % keys}`,
    version: Math.floor(index / keys) + 1,
    amount: index + 1,
  }));

/** Kafka as a test uses it: puts any bytes on a topic, and reads a whole topic. */
export class Topics {
  private readonly kafka: KafkaPort;
  private readonly producer;

  constructor(readonly brokers = testBrokers()) {
    this.kafka = new KafkaPort({ brokers, clientId: 'yidi-test' });
    this.producer = this.kafka.producer();
  }

  make(topics: readonly string[]): Promise<void> {
    return this.kafka.ensureTopics(topics);
  }

  async put(topic: string, messages: readonly { key: string; value: Buffer }[]): Promise<void> {
    for (let at = 0; at < messages.length; at += 500)
      await this.producer.send([{ topic, messages: messages.slice(at, at + 500) }]);
  }

  /** Reads until `enough` says so; then everything that is there has been read, or it fails. */
  async read(
    topic: string,
    enough: (found: readonly IncomingMessage[]) => boolean,
    seconds = 30,
  ): Promise<IncomingMessage[]> {
    const found: IncomingMessage[] = [];
    const consumer = this.kafka.consume({
      groupId: uniqueName('reader'),
      topics: [topic],
      handler: (message) => Promise.resolve(found.push(message) > 0),
      onTrouble: () => undefined,
      sessionTimeoutMs: 6_000,
      replaceAfterMs: 60_000,
    });
    try {
      await eventually(() => Promise.resolve(found), enough, seconds);
      return found;
    } finally {
      await consumer.stop();
    }
  }

  lag(groupId: string, topic: string): Promise<number> {
    return this.kafka.lag(groupId, [topic]);
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.kafka.close();
  }
}

export const envelopesOf = (messages: readonly IncomingMessage[]): Envelope[] =>
  messages.map(({ value }) => JSON.parse(value.toString()) as Envelope);
