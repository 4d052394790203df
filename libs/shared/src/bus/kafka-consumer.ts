import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, IHeaders, Kafka } from 'kafkajs';
import type { ConsumerState, Holding, MessageHandler, RunningConsumer } from './kafka-messages.js';
import { atMost } from './kafka-patience.js';

export interface ConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly handler: MessageHandler;
  readonly onTrouble: (error: unknown) => void;
  /** A member that died is missed after so long; until then nobody reads its partitions. */
  readonly sessionTimeoutMs: number;
  /** A member that heard nothing for so long, though it has nothing to do, is replaced. */
  readonly replaceAfterMs: number;
}

const shortestPauseMs = 500;
const longestPauseMs = 5_000;
const stopWithinMs = 8_000;

/**
 * Reads topics from their beginning in a group and hands over message by message, in order per partition, until it is
 * stopped. kafkajs starts again by itself after some crashes only, and goes on doing so after it was stopped; so here it
 * never may, and each crash is followed by a new consumer.
 */
export class KafkaConsumer implements RunningConsumer {
  private readonly stopping = new AbortController();
  private readonly life: Promise<void>;
  private joined = false;
  private reason = 'has not joined its group yet';
  private lastSign = performance.now();
  private busyBatches = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: ConsumerOptions,
  ) {
    this.life = this.live();
  }

  state(): ConsumerState {
    return { running: this.joined, reason: this.reason, silentForMs: Math.round(performance.now() - this.lastSign) };
  }

  /** The message under way ends, its offset is committed, and the group is left. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.life;
  }

  private async live(): Promise<void> {
    const { signal } = this.stopping;
    const isStopping = (): boolean => signal.aborted;
    let pause = shortestPauseMs;
    while (!isStopping()) {
      const error = await this.liveOnce();
      if (isStopping()) break;
      pause = this.joined ? shortestPauseMs : Math.min(pause * 2, longestPauseMs);
      this.joined = false;
      this.reason = `crashed: ${error instanceof Error ? error.name : 'unknown'}`;
      this.options.onTrouble(error);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    this.joined = false;
    this.reason = 'stopped';
  }

  /** One kafkajs consumer from its start to its end; answers why it ended. */
  private async liveOnce(): Promise<unknown> {
    const consumer = this.make();
    const timers = new AbortController();
    try {
      return await Promise.race([
        this.crashOf(consumer),
        this.begin(consumer),
        this.silence(timers.signal),
        aborted(this.stopping.signal),
      ]);
    } catch (error) {
      return error;
    } finally {
      timers.abort();
      await atMost(
        stopWithinMs,
        consumer.disconnect().catch(() => undefined),
      );
    }
  }

  private make(): Consumer {
    const consumer = this.kafka.consumer({
      groupId: this.options.groupId,
      sessionTimeout: this.options.sessionTimeoutMs,
      rebalanceTimeout: 30_000,
      heartbeatInterval: Math.min(3_000, this.options.sessionTimeoutMs / 3),
      maxWaitTimeInMs: 200,
      retry: {
        initialRetryTime: 100,
        maxRetryTime: 1_000,
        retries: 8,
        restartOnFailure: () => Promise.resolve(false),
      },
    });
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.joined = true;
      this.reason = 'running';
      this.sign();
    });
    consumer.on(consumer.events.FETCH, () => {
      this.sign();
    });
    return consumer;
  }

  private sign(): void {
    this.lastSign = performance.now();
  }

  private crashOf(consumer: Consumer): Promise<unknown> {
    return new Promise((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        resolve(payload.error);
      });
    });
  }

  /** Fails when it cannot begin; otherwise never ends, since what ends a running consumer is a crash. */
  private async begin(consumer: Consumer): Promise<never> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    await consumer.run({
      eachBatchAutoResolve: false,
      autoCommitInterval: 2_000,
      partitionsConsumedConcurrently: 3,
      eachBatch: (payload) => this.takeBatch(payload),
    });
    return new Promise(() => undefined);
  }

  /** Answers when Kafka has said nothing to a member for too long, although no handler keeps it from listening. */
  private async silence(signal: AbortSignal): Promise<unknown> {
    const { replaceAfterMs } = this.options;
    while (!signal.aborted) {
      await sleep(replaceAfterMs / 10, undefined, { signal, ref: false }).catch(() => undefined);
      const listening = this.joined && this.busyBatches === 0;
      if (listening && performance.now() - this.lastSign > replaceAfterMs) break;
    }
    return new Error(`Kafka has not answered for ${replaceAfterMs} ms`);
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, commitOffsetsIfNecessary } = payload;
    const holding = new BatchHolding(payload);
    this.busyBatches += 1;
    try {
      for (const { offset, key, value, headers } of batch.messages) {
        if (!holding.stillOurs()) break;
        const { topic, partition } = batch;
        const bytes = value ?? Buffer.alloc(0);
        const message = { topic, partition, offset, key, value: bytes, headers: plainHeaders(headers) };
        if (!(await this.options.handler(message, holding))) break;
        resolveOffset(offset);
        this.sign();
        await holding.heartbeat();
        if (holding.stillOurs()) await commitOffsetsIfNecessary();
      }
    } finally {
      this.busyBatches -= 1;
      this.sign();
    }
    if (holding.lost !== undefined) throw holding.lost;
  }
}

/** A batch is ours until the consumer stops or Kafka refuses a heartbeat; kafkajs must hear of the latter to join again. */
class BatchHolding implements Holding {
  lost: Error | undefined;

  constructor(private readonly payload: EachBatchPayload) {}

  async heartbeat(): Promise<void> {
    await this.payload.heartbeat().catch((error: unknown) => {
      this.lost = error instanceof Error ? error : new Error('no heartbeat');
    });
  }

  stillOurs(): boolean {
    return this.lost === undefined && this.payload.isRunning() && !this.payload.isStale();
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });

function plainHeaders(headers: IHeaders | undefined): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) plain[name] = first.toString();
  }
  return plain;
}
