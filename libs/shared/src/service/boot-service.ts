import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bus, RethrowFilter } from '../bus/index.js';
import { Clock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { TokenSetupError } from '../identity/index.js';
import { DayJobs } from './day-jobs.js';
import { EventLog } from './event-log.js';
import { JsonLog } from './json-log.js';
import { RefusalFilter } from './refusal.filter.js';
import type { RefusalForm } from './refusal.filter.js';
import { ConfigurationError, ServiceConfig } from './service-config.js';
import { ServiceModule } from './service.module.js';
import { serveApiPage } from './api-page.js';
import { httpAdapter } from './http-adapter.js';
import { readJsonBodies } from './request-bodies.js';
import { endConnections, logRequests, measureRequests, traceRequests } from './request-hooks.js';
import { validation } from './validation.js';

export interface BootOptions {
  readonly refusalForm?: RefusalForm;
  /** A last touch on the HTTP server before it listens, for example the files that it takes. */
  readonly prepare?: (app: NestFastifyApplication) => void;
}

const jobsEveryMs = 30_000;

@Module({})
class RootModule {}

/** Starts a service and keeps it running; ends with one sentence per problem when its configuration is not right. */
export async function bootService(service: string, feature: Type, options: BootOptions = {}): Promise<void> {
  try {
    await start(ServiceConfig.read(service, process.env), feature, options);
  } catch (error) {
    const lines =
      error instanceof ConfigurationError ? error.problems : [error instanceof Error ? error.message : String(error)];
    for (const line of lines) process.stderr.write(`${service}: ${line}\n`);
    if (!(error instanceof ConfigurationError || error instanceof TokenSetupError)) {
      new JsonLog(service, 'info').error(error);
    }
    process.exit(1);
  }
}

async function start(config: ServiceConfig, feature: Type, options: BootOptions): Promise<void> {
  const log = new JsonLog(config.service, config.logLevel);
  const root: DynamicModule = { module: RootModule, imports: [ServiceModule.forRoot(config, log), feature] };
  const adapter = httpAdapter(() => refusals);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: log,
    abortOnError: false,
    bodyParser: false,
  });
  const server = app.getHttpAdapter().getInstance();
  readJsonBodies(server);
  traceRequests(server);
  measureRequests(server);
  logRequests(server, log);
  const stopping = new AbortController();
  endConnections(server, stopping.signal);
  app.useGlobalPipes(validation());
  const refusals = new RefusalFilter(log, app.get(Clock), options.refusalForm);
  app.useGlobalFilters(refusals);
  options.prepare?.(app);
  serveApiPage(app, config.service);

  const bus = app.get(Bus);
  const jobs = app.get(DayJobs);
  app
    .connectMicroservice({ strategy: bus.server }, { deferInitialization: true })
    .useGlobalFilters(new RethrowFilter())
    .useGlobalInterceptors(new EventLog(log));
  await app.init();
  await bus.start();
  await app.startAllMicroservices();
  await jobs.catchUp();
  const timer = setInterval(() => {
    jobs.catchUp().catch((error: unknown) => {
      log.error(error, undefined, 'day jobs');
    });
  }, jobsEveryMs);
  await app.listen(config.port, '0.0.0.0');
  log.log(`${config.service} listens on ${config.port}`);
  stopGracefully(app, timer, log, stopping);
}

/** 平稳停止: no new requests, the running message ends, the outbox is sent, then the connections close. */
function stopGracefully(app: INestApplication, timer: NodeJS.Timeout, log: JsonLog, stopping: AbortController): void {
  const stop = async (): Promise<void> => {
    stopping.abort();
    clearInterval(timer);
    const bus = app.get(Bus);
    const database = app.get(Database);
    await app.close();
    await bus.stop();
    await database.close();
    log.log('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error(error);
          process.exit(1);
        },
      );
    });
  }
}
