import { Controller, Inject, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Transaction } from '../../database/index.js';
import type { Database } from '../../database/index.js';
import { Bus } from '../bus.js';
import type { BusTiming } from '../bus.js';
import { RethrowFilter } from '../bus-server.js';
import { OnEvent } from '../on-event.js';
import { Outbox } from '../outbox.js';
import { countAndAnswer, probeAnswered, probeCounted, probeSchema } from './probe-events.js';
import type { ProbeEffect, ProbeEvent } from './probe-events.js';

export interface ProbeOptions {
  readonly database: Database;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly effect?: ProbeEffect;
  readonly timing?: Partial<BusTiming>;
  /** False for a service that only sends. */
  readonly reads?: boolean;
}

export interface Probe {
  readonly bus: Bus;
  readonly outbox: Outbox;
  readonly troubles: unknown[];
  stop(): Promise<void>;
}

const effectToken = Symbol('effect');

@Controller()
class ProbeController {
  constructor(
    private readonly outbox: Outbox,
    @Inject(effectToken) private readonly effect: ProbeEffect,
  ) {}

  @OnEvent(probeCounted)
  counted(event: ProbeEvent, tx: Transaction): Promise<void> {
    return this.effect(event, tx, this.outbox);
  }
}

@Module({})
class ProbeModule {
  static with(outbox: Outbox, effect: ProbeEffect): DynamicModule {
    return {
      module: ProbeModule,
      controllers: [ProbeController],
      providers: [
        { provide: Outbox, useValue: outbox },
        { provide: effectToken, useValue: effect },
      ],
    };
  }
}

/** A service that stands on the bus as the real ones do, with one handler: bus, Nest microservice, filter, stop. */
export async function startProbe(options: ProbeOptions): Promise<Probe> {
  const { database, brokers, topicPrefix, effect = countAndAnswer, timing = {}, reads = true } = options;
  const clock = { now: () => new Date() };
  const outbox = new Outbox(probeSchema, clock);
  const troubles: unknown[] = [];
  const bus = new Bus({
    service: probeSchema,
    ...{ database, brokers, topicPrefix, clock, outbox, timing },
    onTrouble: (error) => troubles.push(error),
    consumed: reads ? [probeCounted] : [],
    published: [probeCounted, probeAnswered],
  });
  const app = await NestFactory.createMicroservice(ProbeModule.with(outbox, effect), {
    strategy: bus.server,
    logger: false,
  });
  app.useGlobalFilters(new RethrowFilter());
  await bus.start();
  await app.listen();
  const stop = async (): Promise<void> => {
    await app.close();
    await bus.stop();
  };
  return { bus, outbox, troubles, stop };
}
