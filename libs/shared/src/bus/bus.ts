import { serviceTopics } from '../contracts/index.js';
import type { EventContract, ServiceName } from '../contracts/index.js';
import type { Database } from '../database/index.js';
import { readCounts } from './bus-counts.js';
import type { BusCounts } from './bus-counts.js';
import { BusServer } from './bus-server.js';
import { DeadLetters } from './dead-letters.js';
import { KafkaPort } from './kafka-port.js';
import type { SerialProducer } from './kafka-producer.js';
import type { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

export interface BusOptions {
  readonly service: ServiceName;
  readonly database: Database;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly clock: { now(): Date };
  readonly outbox: Outbox;
  readonly onTrouble: (error: unknown) => void;
  /** For tests; by default what service-topics.ts says. */
  readonly consumed?: readonly EventContract[];
  readonly published?: readonly EventContract[];
  readonly timing?: Partial<BusTiming>;
}

export interface BusTiming {
  /** Kafka waits so long for a member that is silent before it gives its partitions to others. */
  readonly sessionTimeoutMs: number;
  /** Health fails when nothing was sent or fetched for so long. */
  readonly watchdogMs: number;
}

const usualTiming: BusTiming = { sessionTimeoutMs: 10_000, watchdogMs: 20_000 };

export interface BusFlow extends BusCounts {
  /** Rows that are not on Kafka yet. */
  readonly outbox: number;
  /** Messages that this service has not processed yet. */
  readonly lag: number;
  /** 告警: messages that came again under the same id with other content; somebody must look at them. */
  readonly alarms: number;
}

/** 消息总线 of one service: what it publishes (outbox and relay), what it reads (server and inbox), and how it is doing. */
export class Bus {
  readonly server: BusServer;
  readonly relay: OutboxRelay;
  readonly deadLetters: DeadLetters;
  private readonly kafka: KafkaPort;
  private readonly deadProducer: SerialProducer;
  private readonly consumed: readonly EventContract[];
  private readonly published: readonly EventContract[];
  private readonly groupId: string;

  constructor(private readonly options: BusOptions) {
    const { service, database, topicPrefix, clock, onTrouble } = options;
    this.consumed = options.consumed ?? serviceTopics[service].consumed;
    this.published = options.published ?? serviceTopics[service].published;
    this.groupId = `${topicPrefix}yidi-${service}`;
    this.kafka = new KafkaPort({ brokers: options.brokers, clientId: `yidi-${service}` });
    this.deadProducer = this.kafka.producer();
    const { kafka, deadProducer: producer } = this;
    const timing = { ...usualTiming, ...options.timing };
    const common = { database, topicPrefix, clock, onTrouble };
    this.deadLetters = new DeadLetters({ ...common, producer });
    this.relay = new OutboxRelay({ ...common, ...timing, kafka, schema: service }, options.outbox);
    this.server = new BusServer({
      ...common,
      ...timing,
      kafka,
      groupId: this.groupId,
      contracts: this.consumed,
      deadLetters: this.deadLetters,
    });
  }

  /** Makes the topics and starts sending; reading starts with the Nest microservice of `server`. */
  async start(): Promise<void> {
    const topics = [
      ...new Set([...this.published, ...this.consumed].map(({ topic }) => this.options.topicPrefix + topic)),
    ];
    await this.kafka.ensureTopics(topics);
    this.relay.start();
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.deadProducer.close();
    await this.kafka.close();
  }

  /** What is under way, so that an operator sees when everything has arrived. */
  async flow(): Promise<BusFlow> {
    const { source } = this.options.database;
    const waiting = await source.query<{ outbox: bigint; alarms: bigint }[]>(
      'select (select count(*) from outbox) as outbox, (select count(*) from bus_alarm) as alarms',
    );
    const lag = await this.kafka.lag(
      this.groupId,
      this.consumed.map(({ topic }) => this.options.topicPrefix + topic),
    );
    const { outbox = 0n, alarms = 0n } = waiting[0] ?? {};
    return { outbox: Number(outbox), lag, alarms: Number(alarms), ...(await readCounts(source)) };
  }

  /** The reasons why the bus is not well; none when it is. */
  troubles(): string[] {
    const relay = this.relay.state();
    const server = this.server.state();
    return [...(relay.ok ? [] : [`relay: ${relay.reason}`]), ...(server.ok ? [] : [`consumer: ${server.reason}`])];
  }
}
