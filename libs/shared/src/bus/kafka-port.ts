import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { KafkaConsumer } from './kafka-consumer.js';
import type { ConsumerOptions } from './kafka-consumer.js';
import type { RunningConsumer } from './kafka-messages.js';
import { dropKnownWarnings, persistently } from './kafka-patience.js';
import { SerialProducer } from './kafka-producer.js';

const topicsWithinMs = 30_000;

/** Kafka as this suite uses it; only the files `kafka-*.ts` know kafkajs. */
export class KafkaPort {
  private readonly kafka: Kafka;
  private admin: Promise<Admin> | undefined;

  constructor(options: { brokers: string; clientId: string }) {
    dropKnownWarnings();
    this.kafka = new kafkajs.Kafka({
      clientId: options.clientId,
      brokers: options.brokers.split(','),
      logLevel: kafkajs.logLevel.NOTHING,
      connectionTimeout: 3_000,
      requestTimeout: 15_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    });
  }

  /**
   * Creates the topics that are missing, each with its dead-letter topic, and waits until the broker shows them with their
   * leaders. Services start at the same time and ask for the same ones; a topic that was just made is unknown for a moment.
   */
  async ensureTopics(topics: readonly string[], partitions = 4): Promise<void> {
    const wanted = topics.flatMap((topic) => [
      { topic, numPartitions: partitions },
      { topic: `${topic}.dlq`, numPartitions: 1 },
    ]);
    const until = performance.now() + topicsWithinMs;
    await this.withAdmin(async (admin) => {
      for (;;) {
        const existing = new Set(await admin.listTopics());
        const missing = wanted.filter(({ topic }) => !existing.has(topic));
        if (missing.length === 0) break;
        if (performance.now() > until)
          throw new Error(`Kafka does not show these topics: ${missing.map(({ topic }) => topic).join(', ')}`);
        await admin.createTopics({ topics: missing, waitForLeaders: false });
        await sleep(50);
      }
      // Asks again until every partition has its leader.
      await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
    });
  }

  /** How many messages of these topics the group has not committed yet. People wait for it, so it is not tried for long. */
  async lag(groupId: string, topics: readonly string[]): Promise<number> {
    if (topics.length === 0) return 0;
    return this.withAdmin(async (admin) => {
      const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
      const lags = await Promise.all(
        committed.map(async ({ topic, partitions }) => {
          const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
          return partitions.map(({ partition, offset }) => {
            const end = ends.get(partition);
            return end === undefined ? 0 : Number(end.high) - Math.max(Number(offset), Number(end.low));
          });
        }),
      );
      return lags.flat().reduce((sum, lag) => sum + lag, 0);
    }, 2);
  }

  producer(): SerialProducer {
    return new SerialProducer(() =>
      this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false }),
    );
  }

  /** Begins to read; whether it has joined its group, and how it is, says its state. */
  consume(options: ConsumerOptions): RunningConsumer {
    return new KafkaConsumer(this.kafka, options);
  }

  /** One administrative connection is kept; after trouble the next question makes a new one. */
  private async withAdmin<T>(work: (admin: Admin) => Promise<T>, tries = 10): Promise<T> {
    const mine = (this.admin ??= this.connectAdmin(tries));
    try {
      const admin = await mine;
      return await persistently(() => work(admin), tries);
    } catch (error) {
      if (this.admin === mine) this.admin = undefined;
      void disconnect(mine);
      throw error;
    }
  }

  private async connectAdmin(tries: number): Promise<Admin> {
    const admin = this.kafka.admin();
    await persistently(() => admin.connect(), tries);
    return admin;
  }

  /** Gives the administrative connection back. */
  async close(): Promise<void> {
    const admin = this.admin;
    this.admin = undefined;
    await disconnect(admin);
  }
}

async function disconnect(admin: Promise<Admin> | undefined): Promise<void> {
  await admin?.then((one) => one.disconnect()).catch(() => undefined);
}
