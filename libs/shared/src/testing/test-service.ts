import { randomBytes, randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import type { Abstract, Type } from '@nestjs/common';
import { Bus, KafkaPort, RethrowFilter } from '../bus/index.js';
import type { Envelope } from '../bus/index.js';
import { atShanghai, Clock } from '../clock/index.js';
import type { Day, OperatorClock } from '../clock/index.js';
import type { EventContract, ServiceName } from '../contracts/index.js';
import { Database, rows } from '../database/index.js';
import type { MigrationClass, Transaction } from '../database/index.js';
import { scopeOf } from '../identity/index.js';
import type { Caller } from '../identity/index.js';
import { DayJobs, JsonLog, ServiceConfig, ServiceModule, withSharedTables } from '../service/index.js';
import { readJsonBodies } from '../service/request-bodies.js';
import { RefusalFilter } from '../service/refusal.filter.js';
import { eventually, testBrokers, testDatabase, uniqueName } from './test-servers.js';
import type { TestDatabase } from './test-servers.js';

export interface TestServiceOptions {
  readonly service: ServiceName;
  readonly feature: Type;
  readonly migrations: readonly MigrationClass[];
  /** The day on which it begins, 10:00 in Shanghai. */
  readonly day: Day;
  /** Reads its topics from the real Kafka; without it, what is published stays in the outbox. */
  readonly bus?: boolean;
  /** Listens on a free port, for other deployments. */
  readonly listen?: boolean;
  /** Variables beside those that every test service has. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** An obligation as the tests look at it. */
export interface SeenObligation {
  readonly kind: string;
  readonly owner: string;
  readonly subject: string;
  readonly dueOn: Day;
  readonly metOn: Day | null;
  readonly state: string;
}

@Module({})
class TestRoot {}

/** One service as it runs in production, on a database of its own, and without its HTTP port unless others must reach it. */
export class TestService {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly made: TestDatabase,
    private readonly kafka: KafkaPort,
    private readonly topicPrefix: string,
  ) {}

  static async start(options: TestServiceOptions): Promise<TestService> {
    const { service, feature, migrations, day, bus = false, listen = false } = options;
    const made = await testDatabase(service, withSharedTables(migrations));
    const config = ServiceConfig.read(service, { ...environment(made.appUrl), ...options.environment });
    const log = new JsonLog(service, 'silent');
    const app = await NestFactory.create<NestFastifyApplication>(
      { module: TestRoot, imports: [ServiceModule.forRoot(config, log), feature] },
      new FastifyAdapter(),
      { logger: log, abortOnError: false, bodyParser: false },
    );
    readJsonBodies(app.getHttpAdapter().getInstance());
    app.useGlobalFilters(new RefusalFilter(log, app.get(Clock), undefined));
    const kafka = new KafkaPort({ brokers: config.kafkaBrokers, clientId: 'yidi-test' });
    const running = new TestService(app, made, kafka, config.topicPrefix);
    running.setDay(day);
    if (bus) {
      app
        .connectMicroservice({ strategy: running.get(Bus).server }, { deferInitialization: true })
        .useGlobalFilters(new RethrowFilter());
    }
    await app.init();
    if (bus) {
      await running.get(Bus).start();
      await app.startAllMicroservices();
    }
    if (listen) await app.listen(0, '127.0.0.1');
    return running;
  }

  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get<T>(token, { strict: false });
  }

  get database(): Database {
    return this.app.get<Database>(Database, { strict: false });
  }

  /** Where it listens. */
  url(): Promise<string> {
    return this.app.getUrl();
  }

  get databaseName(): string {
    return this.made.name;
  }

  get clock(): OperatorClock {
    return this.app.get<OperatorClock>(Clock, { strict: false });
  }

  /** Sets the clock, and does nothing else. */
  setDay(day: Day, time = '10:00'): void {
    this.clock.set(atShanghai(day, time));
  }

  /** Sets the clock and lets the day jobs run up to it, as production does. */
  async moveTo(day: Day, time = '10:00'): Promise<void> {
    this.setDay(day, time);
    await this.get(DayJobs).catchUp();
  }

  /** The system's own look at the database. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  query<R>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return this.transaction((tx) => rows<R>(tx, sql, parameters));
  }

  /** What was published of one contract, in the order of the outbox; only while the bus is not running. */
  async published<P>(contract: EventContract<P>): Promise<Envelope<P>[]> {
    const found = await this.query<{ body: Buffer }>('select body from outbox where topic = $1 order by position', [
      contract.topic,
    ]);
    return found.map(({ body }) => JSON.parse(body.toString('utf8')) as Envelope<P>);
  }

  obligations(kind?: string): Promise<SeenObligation[]> {
    return this.query<SeenObligation>(
      `select kind, owner, subject, due_on as "dueOn", met_on as "metOn", state
       from obligation where $1::text is null or kind = $1 order by kind, owner, subject`,
      [kind ?? null],
    );
  }

  /** Sends an event over Kafka as its producer would; the same envelope may be sent again. */
  async deliver(contract: EventContract, ...events: readonly Envelope[]): Promise<void> {
    const producer = this.kafka.producer();
    const messages = events.map((event) => ({ key: event.aggregateId, value: Buffer.from(JSON.stringify(event)) }));
    await producer.send([{ topic: this.topicPrefix + contract.topic, messages }]);
    await producer.close();
  }

  /** Waits until so many different messages of a contract were taken; repetitions do not count. */
  async heard({ topic }: EventContract, messages: number): Promise<void> {
    await eventually(
      () => this.query('select 1 from inbox where topic = $1', [topic]),
      (found) => found.length === messages,
    );
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.get(Bus).stop();
    await this.kafka.close();
    await this.database.close();
    await this.made.drop();
  }
}

const environment = (databaseUrl: string): NodeJS.ProcessEnv => ({
  YIDI_MODE: 'development',
  PORT: '1',
  DATABASE_URL: databaseUrl,
  KAFKA_BROKERS: testBrokers(),
  YIDI_TOPIC_PREFIX: `${uniqueName('test')}.`,
  FILING_URL: 'http://127.0.0.1:1',
  YIDI_OIDC_ISSUER: 'test',
  YIDI_OIDC_JWKS: '{"keys":[]}',
  YIDI_IDENTITY_KEY: randomBytes(32).toString('hex'),
  YIDI_IDENTITY_HASH_KEY: randomBytes(32).toString('hex'),
});

/** An event in its envelope, as another service sends it. */
export function eventOf<P>(
  contract: EventContract<P>,
  payload: P,
  aggregateId: string,
  aggregateVersion = 1,
): Envelope<P> {
  return {
    id: randomUUID(),
    type: contract.type,
    version: contract.version,
    occurredAt: new Date().toISOString(),
    producer: 'test',
    aggregateId,
    aggregateVersion,
    correlationId: randomUUID(),
    causationId: null,
    payload,
  };
}

/** Somebody of an agency; use cases look at agency, scope and subject, roles are the guard's. */
export const testCaller = (agency: string, subject = `clerk-${agency}`, institution?: string): Caller => ({
  subject,
  agency,
  level: 'area',
  roles: [],
  scope: scopeOf(agency),
  ...(institution === undefined ? {} : { institution }),
});
