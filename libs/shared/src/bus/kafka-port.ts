import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, Consumer, IHeaders, Kafka, Producer } from 'kafkajs';

/** What goes to a topic. */
export interface OutgoingMessage {
  readonly key: string | Buffer | null;
  readonly value: Buffer;
  readonly headers?: Record<string, string>;
}

/** What comes from a topic. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** While a message is being handled: says to Kafka that we live, and tells whether we still own the partition. */
export interface Holding {
  heartbeat(): Promise<void>;
  stillOurs(): boolean;
}

export type MessageHandler = (message: IncomingMessage, holding: Holding) => Promise<void>;

export interface ConsumerState {
  readonly running: boolean;
  /** Milliseconds since the consumer last asked Kafka for messages. */
  readonly silentForMs: number;
  readonly reason: string;
}

export interface RunningConsumer {
  state(): ConsumerState;
  stop(): Promise<void>;
}

/** The broker will never take this message, however often it is tried. */
export class RefusedByBroker extends Error {}

const refusedForGood = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_RECORD',
]);
const silentWarnings = new Set(['TimeoutNegativeWarning']);

/** kafkajs computes a negative pause on newer Node; harmless, and nobody can act on it. Only this warning is dropped. */
export function dropKnownWarnings(): void {
  const original = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const name = warning instanceof Error ? warning.name : typeof rest[0] === 'string' ? rest[0] : '';
    if (silentWarnings.has(name)) return;
    Reflect.apply(original, process, [warning, ...rest]);
  };
}

/** The only file that knows kafkajs. */
export class KafkaPort {
  private readonly kafka: Kafka;
  private admin: Promise<Admin> | undefined;

  constructor(options: { brokers: string; clientId: string }) {
    this.kafka = new kafkajs.Kafka({
      clientId: options.clientId,
      brokers: options.brokers.split(','),
      logLevel: kafkajs.logLevel.NOTHING,
      connectionTimeout: 3_000,
      requestTimeout: 15_000,
      retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 8 },
    });
  }

  /** Creates the topics that are missing, each with its dead-letter topic. */
  async ensureTopics(topics: readonly string[], partitions = 4): Promise<void> {
    await this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const wanted = topics.flatMap((topic) => [
        { topic, numPartitions: partitions },
        { topic: `${topic}.dlq`, numPartitions: 1 },
      ]);
      const missing = wanted.filter(({ topic }) => !existing.has(topic));
      if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
    });
  }

  /** How many messages of these topics the group has not committed yet. */
  lag(groupId: string, topics: readonly string[]): Promise<number> {
    return this.withAdmin(async (admin) => {
      if (topics.length === 0) return 0;
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
    });
  }

  producer(): SerialProducer {
    return new SerialProducer(
      this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false }),
    );
  }

  /** Reads topics from the beginning in a group and hands over message by message, in order per partition. */
  async consume(groupId: string, topics: readonly string[], handler: MessageHandler): Promise<RunningConsumer> {
    const consumer = this.kafka.consumer({
      groupId,
      sessionTimeout: 30_000,
      rebalanceTimeout: 30_000,
      heartbeatInterval: 3_000,
      maxWaitTimeInMs: 200,
      retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 8, restartOnFailure: () => Promise.resolve(true) },
    });
    const watch = watchConsumer(consumer);
    await persistently(() => consumer.connect());
    await persistently(() => consumer.subscribe({ topics: [...topics], fromBeginning: true }));
    await consumer.run({
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 3,
      eachBatch: async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale }) => {
        const stillOurs = (): boolean => isRunning() && !isStale();
        for (const { offset, key, value, headers } of batch.messages) {
          if (!stillOurs()) return;
          const incoming = {
            topic: batch.topic,
            partition: batch.partition,
            offset,
            key,
            value: value ?? Buffer.alloc(0),
            headers: plainHeaders(headers),
          };
          await handler(incoming, { heartbeat, stillOurs });
          if (!stillOurs()) return;
          resolveOffset(offset);
          await heartbeat();
        }
        await commitOffsetsIfNecessary();
      },
    });
    return {
      state: watch,
      stop: async () => {
        await consumer.stop();
        await consumer.disconnect();
      },
    };
  }

  /** One administrative connection is kept; after trouble the next question makes a new one. */
  private async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    this.admin ??= this.connectAdmin();
    try {
      const admin = await this.admin;
      return await persistently(() => work(admin));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async connectAdmin(): Promise<Admin> {
    const admin = this.kafka.admin();
    await persistently(() => admin.connect());
    return admin;
  }

  /** Gives the administrative connection back. */
  async close(): Promise<void> {
    const admin = this.admin;
    this.admin = undefined;
    await admin?.then((one) => one.disconnect()).catch(() => undefined);
  }
}

/** An idempotent producer needs exactly one request under way, so sends wait for each other. */
export class SerialProducer {
  private last: Promise<unknown> = Promise.resolve();
  private connected = false;

  constructor(private readonly producer: Producer) {}

  send(topicMessages: readonly { topic: string; messages: readonly OutgoingMessage[] }[]): Promise<void> {
    const next = this.last.then(() => this.sendNow(topicMessages));
    this.last = next.catch(() => undefined);
    return next;
  }

  private async sendNow(
    topicMessages: readonly { topic: string; messages: readonly OutgoingMessage[] }[],
  ): Promise<void> {
    try {
      if (!this.connected) await this.producer.connect();
      this.connected = true;
      await this.producer.sendBatch({
        acks: -1,
        topicMessages: topicMessages.map(({ topic, messages }) => ({
          topic,
          messages: messages.map(({ key, value, headers = {} }) => ({ key, value, headers })),
        })),
      });
    } catch (error) {
      if (error instanceof kafkajs.KafkaJSProtocolError && refusedForGood.has(error.type))
        throw new RefusedByBroker(error.type);
      this.connected = false;
      await this.producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.last;
    await this.producer.disconnect();
  }
}

function watchConsumer(consumer: Consumer): () => ConsumerState {
  let lastSign = process.hrtime.bigint();
  let reason = 'has not joined its group yet';
  let running = false;
  const alive = (): void => {
    lastSign = process.hrtime.bigint();
    running = true;
    reason = 'running';
  };
  consumer.on(consumer.events.GROUP_JOIN, alive);
  consumer.on(consumer.events.FETCH, alive);
  consumer.on(consumer.events.HEARTBEAT, alive);
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    running = false;
    reason = `crashed: ${payload.error.name}`;
  });
  consumer.on(consumer.events.STOP, () => {
    running = false;
    reason = 'stopped';
  });
  return () => ({ running, reason, silentForMs: Number((process.hrtime.bigint() - lastSign) / 1_000_000n) });
}

/** In the first seconds a coordinator answers "loading" and leaders are unknown: that is waited out, not shown. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 10 || !(error instanceof kafkajs.KafkaJSError)) throw error;
      await sleep(200 * attempt);
    }
  }
}

function plainHeaders(headers: IHeaders | undefined): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) plain[name] = first.toString();
  }
  return plain;
}
