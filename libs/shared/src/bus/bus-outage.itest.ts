import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnProcess } from '../../../../tools/launcher/processes.js';
import { eventually, startOwnServers, testDatabase, uniqueName, whyNoOwnServers } from '../testing/index.js';
import type { OwnServers, TestDatabase } from '../testing/index.js';
import { openHealthDoor } from './testing/health-door.js';
import type { Health } from './testing/health-door.js';
import { emptyProbe, probeMigrations, probeSchema, probeState } from './testing/probe-events.js';
import { startProbeProcess } from './testing/probe-process.js';
import { startProbe } from './testing/probe-service.js';
import type { Probe } from './testing/probe-service.js';
import { Traffic } from './testing/traffic.js';

const why = await whyNoOwnServers();
const timing = { watchdogMs: 2_000, sessionTimeoutMs: 6_000 };
const patience = 45;

/** Everything here crashes servers of its own; where there can be none, the title says why nothing was tested. */
(why === undefined ? describe : describe.skip)(
  `servers that fail under traffic${why === undefined ? '' : `, not tested here: ${why}`}`,
  () => {
    let servers: OwnServers;
    let test: TestDatabase;
    let probe: Probe;
    /** A second instance, in a process of its own: it must live through everything, with nothing left unhandled. */
    let survivor: OwnProcess;
    let door: Awaited<ReturnType<typeof openHealthDoor>>;

    beforeAll(async () => {
      servers = await startOwnServers();
      test = await testDatabase(probeSchema, probeMigrations, servers.databaseUrl);
      const topicPrefix = `${uniqueName('outage')}.`;
      probe = await startProbe({ database: test.database, brokers: servers.brokers, topicPrefix, timing });
      const { appUrl: databaseUrl } = test;
      const { sessionTimeoutMs } = timing;
      survivor = startProbeProcess(topicPrefix, {
        databaseUrl,
        brokers: servers.brokers,
        topicPrefix,
        sessionTimeoutMs,
      });
      door = await openHealthDoor(test.database, probe.bus);
    }, 120_000);
    afterAll(async () => {
      await door.close();
      await survivor.stop();
      await probe.stop();
      await test.database.close();
      await servers.stop();
    }, 120_000);

    const becomes = (status: 200 | 503): Promise<Health> =>
      eventually(door.ready, (health) => health.status === status, patience);
    const counted = async (): Promise<number> =>
      (await test.database.transaction(probeState)).reduce((sum, { trail }) => sum + trail.length, 0);

    /** Traffic, an outage in its midst, and the end of it; then everything that was acknowledged must be there, once. */
    async function through(outage: (traffic: Traffic) => Promise<void>): Promise<Traffic> {
      await emptyProbe(test.database);
      await becomes(200);
      const traffic = new Traffic(test.database, probe.outbox);
      try {
        await eventually(counted, (messages) => messages > 20);
        await outage(traffic);
        await becomes(200);
        await sleep(300);
      } finally {
        await traffic.stop();
      }
      const { acknowledged } = traffic;
      await eventually(counted, (messages) => messages >= acknowledged.length, patience);
      await eventually(
        () => probe.bus.flow(),
        ({ outbox, lag }) => outbox === 0 && lag === 0,
        patience,
      );
      expect(traffic.problemsOf(await test.database.transaction(probeState))).toEqual([]);
      expect(await probe.bus.deadLetters.open()).toEqual([]);
      expect(survivor.ending).toBeUndefined();
      return traffic;
    }

    it('[D5 F4] Kafka killed: business goes on, health tells, and all of it arrives once when Kafka is back', async () => {
      const traffic = await through(async ({ acknowledged }) => {
        await servers.kafka.crash();
        const before = acknowledged.length;
        expect(Object.keys((await becomes(503)).error)).toEqual(['bus']);
        await eventually(
          () => Promise.resolve(acknowledged.length),
          (n) => n > before + 20,
        );
        await servers.kafka.restart();
      });
      expect(traffic.unsure).toEqual([]);
    }, 120_000);

    it('[D5 F3] PostgreSQL killed: nothing acknowledged is lost, nothing counts twice, no message becomes a dead letter', async () => {
      const traffic = await through(async ({ unsure }) => {
        await servers.postgres.crash();
        expect(Object.keys((await becomes(503)).error)).toContain('database');
        await eventually(
          () => Promise.resolve(unsure.length),
          (n) => n > 3,
        );
        await servers.postgres.restart();
      });
      expect(traffic.unsure.length).toBeGreaterThan(3);
    }, 120_000);

    it('[D5 F12] Kafka that stops answering without closing anything is noticed and outlived', async () => {
      await through(async () => {
        const pid = servers.kafka.pid();
        if (pid === undefined) throw new Error('Kafka does not run');
        process.kill(pid, 'SIGSTOP');
        try {
          await eventually(
            door.ready,
            ({ error }) => /consumer: nothing fetched for/.test(JSON.stringify(error)),
            patience,
          );
          await sleep(2 * timing.watchdogMs);
        } finally {
          process.kill(pid, 'SIGCONT');
        }
      });
    }, 120_000);
  },
);
