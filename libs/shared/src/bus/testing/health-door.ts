import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TerminusModule } from '@nestjs/terminus';
import { SystemClock } from '../../clock/index.js';
import { Database } from '../../database/index.js';
import { DayJobs } from '../../service/day-jobs.js';
import { HealthController } from '../../service/health.controller.js';
import { Bus } from '../bus.js';

export interface Health {
  readonly status: number;
  /** The parts that are not well, with their reasons. */
  readonly error: Readonly<Record<string, unknown>>;
}

@Module({})
class HealthModule {}

/** The health report of a service over HTTP, with the controller that every service has. */
export async function openHealthDoor(database: Database, bus: Bus) {
  const root = {
    module: HealthModule,
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [HealthController],
    providers: [
      { provide: Database, useValue: database },
      { provide: Bus, useValue: bus },
      { provide: DayJobs, useValue: new DayJobs(database, new SystemClock()) },
    ],
  };
  const app = await NestFactory.create(root, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const ready = async (): Promise<Health> => {
    const answer = await fetch(`${url}/health/ready`);
    const body = (await answer.json()) as { error?: Record<string, unknown> };
    return { status: answer.status, error: body.error ?? {} };
  };
  return { ready, close: () => app.close() };
}
