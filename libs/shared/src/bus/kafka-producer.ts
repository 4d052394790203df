import kafkajs from 'kafkajs';
import type { Producer } from 'kafkajs';
import { RefusedByBroker } from './kafka-messages.js';
import type { TopicMessages } from './kafka-messages.js';
import { atMost } from './kafka-patience.js';
import { OneAtATime } from './one-at-a-time.js';

const refusedForGood = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_RECORD',
]);

/**
 * An idempotent producer needs exactly one request under way, so sends wait for each other. After an error nobody knows
 * which sequence numbers Kafka has seen: sending on with the old ones is refused for ever, or worse, taken for a repetition
 * and dropped. So each error ends that producer, and a new one begins. What is sent twice, the inbox absorbs.
 */
export class SerialProducer {
  private readonly turns = new OneAtATime();
  private producer: Promise<Producer> | undefined;
  private closed = false;

  constructor(private readonly make: () => Producer) {}

  /** Resolves when Kafka has all of them; throws RefusedByBroker when it will never take one of them. */
  send(batches: readonly TopicMessages[]): Promise<void> {
    return this.turns.run(() => this.sendNow(batches));
  }

  private async sendNow(batches: readonly TopicMessages[]): Promise<void> {
    if (this.closed) throw new Error('this producer is closed');
    try {
      this.producer ??= this.connect();
      const producer = await this.producer;
      await producer.sendBatch({
        acks: -1,
        topicMessages: batches.map(({ topic, messages }) => ({
          topic,
          messages: messages.map(({ key, value, headers = {} }) => ({ key, value, headers })),
        })),
      });
    } catch (error) {
      void this.letGo();
      if (error instanceof kafkajs.KafkaJSProtocolError && refusedForGood.has(error.type))
        throw new RefusedByBroker(error.type);
      throw error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.make();
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      void producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  private async letGo(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.then((one) => one.disconnect()).catch(() => undefined);
  }

  /** Waits for what is under way, but not for a Kafka that does not answer. */
  async close(): Promise<void> {
    this.closed = true;
    await atMost(2_000, this.turns.idle());
    await atMost(1_000, this.letGo());
  }
}
