import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { KafkaConsumer } from './kafka-consumer.js';
import type { ConsumerOptions } from './kafka-consumer.js';
import type { RunningConsumer } from './kafka-messages.js';
import { dropKnownWarnings, persistently } from './kafka-patience.js';
import { SerialProducer } from './kafka-producer.js';
import { OneAtATime } from './one-at-a-time.js';

const topicsWithinMs = 30_000;

/** Kafka as this suite uses it; only the files `kafka-*.ts` know kafkajs. */
export class KafkaPort {
  private readonly kafka: Kafka;
  private readonly questions = new OneAtATime();
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
      let lag = 0;
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] })) {
        if (partitions.length === 0) throw new kafkajs.KafkaJSError(`the partitions of ${topic} are not known yet`);
        const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
          lag += Number(high) - Math.max(committed.get(partition) ?? 0, Number(low));
      }
      return lag;
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

  /**
   * One administrative connection is kept; after trouble the next question makes a new one. One question at a time: of two
   * at once, kafkajs may answer one without the topics of the other, as if these had no partitions.
   */
  private withAdmin<T>(work: (admin: Admin) => Promise<T>, tries = 10): Promise<T> {
    return this.questions.run(async () => {
      this.admin ??= this.connectAdmin(tries);
      try {
        const admin = await this.admin;
        return await persistently(() => work(admin), tries);
      } catch (error) {
        void this.close();
        throw error;
      }
    });
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
    await admin?.then((one) => one.disconnect()).catch(() => undefined);
  }
}
