import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Bus, readEnvelope } from '../bus/index.js';
import type { Envelope } from '../bus/index.js';
import { atShanghai, Clock } from '../clock/index.js';
import type { Day, OperatorClock } from '../clock/index.js';
import type { ServiceName } from '../contracts/index.js';
import { Database, rows } from '../database/index.js';
import type { MigrationClass, Transaction } from '../database/index.js';
import { developmentIssuer } from '../identity/index.js';
import type { CallerLevel, Role } from '../identity/index.js';
import { DayJobs, JsonLog, ServiceConfig, ServiceModule, withSharedTables } from '../service/index.js';
import { traceRequests } from '../service/request-hooks.js';
import { readJsonBodies } from '../service/request-bodies.js';
import { httpAdapter } from '../service/http-adapter.js';
import { RefusalFilter } from '../service/refusal.filter.js';
import { validation } from '../service/validation.js';
import { testBrokers, testDatabase } from './test-servers.js';
import type { TestDatabase } from './test-servers.js';

/** Who calls in a test; a token is made of it. */
export interface TestCaller {
  readonly agency: string;
  readonly level: CallerLevel;
  readonly roles: readonly Role[];
  readonly subject: string;
  readonly institution?: string;
}

export interface TestAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly as?: TestCaller;
  readonly body?: object | string | Buffer;
  readonly contentType?: string;
}

@Module({})
class RootModule {}

/**
 * One service as it runs, with a database of its own and without Kafka: requests go in through the real guards, pipes and
 * filters, and what it says to the others is read from its outbox.
 */
export class RestTestService {
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly servers: TestDatabase,
    private readonly sign: (who: TestCaller) => Promise<string>,
  ) {}

  static async start(
    service: ServiceName,
    feature: Type,
    migrations: readonly MigrationClass[],
    prepare: (app: NestFastifyApplication) => void = () => undefined,
  ): Promise<RestTestService> {
    const servers = await testDatabase(service, withSharedTables(migrations));
    const { publicKey, privateKey } = await generateKeyPair('EdDSA');
    const config = ServiceConfig.read(service, {
      ...{ YIDI_MODE: 'development', PORT: '1', DATABASE_URL: servers.appUrl, KAFKA_BROKERS: testBrokers() },
      ...{ FILING_URL: 'http://127.0.0.1:1', YIDI_OIDC_ISSUER: developmentIssuer, YIDI_LOG_LEVEL: 'fatal' },
      YIDI_OIDC_JWKS: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] }),
      YIDI_IDENTITY_KEY: randomBytes(32).toString('hex'),
      YIDI_IDENTITY_HASH_KEY: randomBytes(32).toString('hex'),
    });
    const log = new JsonLog(service, 'fatal');
    const root = { module: RootModule, imports: [ServiceModule.forRoot(config, log), feature] };
    const adapter = httpAdapter(() => refusals);
    const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
      logger: false,
      abortOnError: false,
      bodyParser: false,
    });
    readJsonBodies(app.getHttpAdapter().getInstance());
    traceRequests(app.getHttpAdapter().getInstance());
    app.useGlobalPipes(validation());
    const refusals = new RefusalFilter(log, app.get(Clock), undefined);
    app.useGlobalFilters(refusals);
    prepare(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new RestTestService(app, servers, ({ subject, ...claims }) =>
      new SignJWT({ ...claims, roles: [...claims.roles] })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(developmentIssuer)
        .setAudience('yidi')
        .setSubject(subject)
        .setExpirationTime('1h')
        .sign(privateKey),
    );
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get clock(): OperatorClock {
    return this.app.get<OperatorClock>(Clock, { strict: false });
  }

  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** The system's own look at the database. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  query<R>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return this.transaction((tx) => rows<R>(tx, sql, parameters));
  }

  async call<T = Record<string, unknown>>(request: TestRequest): Promise<TestAnswer<T>> {
    const { method, path, as, body, contentType } = request;
    const answer = await this.app.inject({
      method,
      url: path,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${await this.tokenOf(as)}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: (isJson ? answer.json() : answer.body) as T,
      bytes: answer.rawPayload,
      headers: answer.headers,
    };
  }

  /** The clock moves to a day, and the jobs of all days until then have run. */
  async moveTo(day: Day, time = '10:00'): Promise<void> {
    this.clock.set(atShanghai(day, time));
    await this.app.get(DayJobs).catchUp();
  }

  /** Everything that was said to the others so far, in order. */
  async published(topic?: string): Promise<Envelope[]> {
    const found = await rows<{ topic: string; body: Buffer }>(
      this.database.source.manager,
      'select topic, body from outbox where $1::text is null or topic = $1 order by position',
      [topic ?? null],
    );
    return found.map(({ body }) => readEnvelope(body));
  }

  apiDocument(): OpenAPIObject {
    return SwaggerModule.createDocument(this.app, new DocumentBuilder().addBearerAuth().build());
  }

  async stop(): Promise<void> {
    const { database } = this;
    const bus = this.app.get(Bus);
    await this.app.close();
    await bus.stop();
    await database.close();
    await this.servers.drop();
  }

  private async tokenOf(who: TestCaller): Promise<string> {
    const key = JSON.stringify(who);
    const token = this.tokens.get(key) ?? (await this.sign(who));
    this.tokens.set(key, token);
    return token;
  }
}
