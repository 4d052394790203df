import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Bus, Outbox } from '../bus/index.js';
import { Clock, OperatorClock, SystemClock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { AgencyGuard, AgencyTokens, IdentityNumbers } from '../identity/index.js';
import { ObligationBook } from '../obligations/index.js';
import { DayJobs } from './day-jobs.js';
import { HealthController } from './health.controller.js';
import { JsonLog } from './json-log.js';
import { ObligationsController } from './obligations.controller.js';
import { OperationsController } from './operations.controller.js';
import { ServiceConfig } from './service-config.js';

const exported = [
  ServiceConfig,
  JsonLog,
  Clock,
  Database,
  Outbox,
  Bus,
  AgencyTokens,
  IdentityNumbers,
  ObligationBook,
  DayJobs,
];

/** What every service stands on: configuration, clock, database, bus, identity, obligations, the day's jobs. */
@Module({})
export class ServiceModule {
  static forRoot(config: ServiceConfig, log: JsonLog): DynamicModule {
    const { service } = config;
    return {
      module: ServiceModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, OperationsController, ObligationsController],
      exports: exported,
      providers: [
        { provide: ServiceConfig, useValue: config },
        { provide: JsonLog, useValue: log },
        { provide: Clock, useValue: config.production ? new SystemClock() : new OperatorClock() },
        {
          provide: Database,
          useFactory: () =>
            Database.connect({ url: config.databaseUrl, schema: service, applicationName: `yidi-${service}` }),
        },
        { provide: Outbox, useFactory: (clock: Clock) => new Outbox(service, clock), inject: [Clock] },
        {
          provide: Bus,
          useFactory: (database: Database, outbox: Outbox, clock: Clock) =>
            new Bus({
              service,
              database,
              outbox,
              clock,
              brokers: config.kafkaBrokers,
              topicPrefix: config.topicPrefix,
              onTrouble: (error) => {
                log.error(error, undefined, 'bus');
              },
            }),
          inject: [Database, Outbox, Clock],
        },
        { provide: AgencyTokens, useValue: new AgencyTokens(config) },
        {
          provide: IdentityNumbers,
          useValue: new IdentityNumbers({ key: config.identityKey, hashKey: config.identityHashKey }),
        },
        {
          provide: ObligationBook,
          useFactory: (outbox: Outbox) => new ObligationBook(service, outbox),
          inject: [Outbox],
        },
        {
          provide: DayJobs,
          useFactory: (database: Database, clock: Clock, book: ObligationBook) => {
            const jobs = new DayJobs(database, clock);
            jobs.register({
              name: 'mark-overdue',
              articles: ['N57'],
              on: 'latest',
              run: (day, tx) => book.markOverdue(tx, day),
            });
            return jobs;
          },
          inject: [Database, Clock, ObligationBook],
        },
        { provide: APP_GUARD, useClass: AgencyGuard },
      ],
    };
  }
}
