import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { KafkaPort } from '#shared/bus';
import { warningRaised } from '#shared/contracts';
import type { CommandLife } from '../launcher/command-life.js';
import { developmentKeys } from '../launcher/development-keys.js';
import { placesOf, preparePlaces, projectRoot } from '../launcher/places.js';
import { withClient } from '../launcher/postgres-client.js';
import { provision, type ServiceDatabases } from '../launcher/provision.js';
import { serviceEnvironment } from '../launcher/service-environment.js';
import { migrateService, startService, type RunningService } from '../launcher/service-process.js';
import { StopList } from '../launcher/stop-list.js';
import { until } from '../launcher/waiting.js';
import { run } from './replay.js';

const adminUrl = process.env['DATABASE_URL'] ?? '';
const kafkaBrokers = process.env['KAFKA_BROKERS'] ?? '';
const portBase = 30_000 + Math.floor(Math.random() * 200) * 10;
const places = placesOf(portBase);
const name = randomUUID().slice(0, 8);
const databaseName = `replay_${name}`;
const topicPrefix = `replay-${name}.`;
const life: CommandLife = {
  signal: new AbortController().signal,
  stops: new StopList(),
  stopped: new Promise<void>(() => undefined),
};

/** What the command prints and answers. */
async function replay(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
  const complain = jest.spyOn(console, 'error').mockImplementation((line: unknown) => void lines.push(String(line)));
  try {
    return { code: await run(args, life), lines };
  } finally {
    log.mockRestore();
    complain.mockRestore();
  }
}

describe('npm run replay', () => {
  let databases: ServiceDatabases;
  let service: RunningService;
  const ask = <R>(sql: string): Promise<R[]> =>
    withClient(databases.collaboration.ownerUrl, async (client) => {
      await client.query(`set yidi.scope = '*'`);
      return (await client.query(sql)).rows as R[];
    });

  beforeAll(async () => {
    process.env['YIDI_PORT_BASE'] = String(portBase);
    preparePlaces(places);
    databases = await provision(adminUrl, databaseName);
    const keys = await developmentKeys();
    const given = { portBase, databases, kafkaBrokers, topicPrefix, keys, nodeEnvironment: 'test' };
    const environment = serviceEnvironment('collaboration', given);
    const plan = { service: 'collaboration', environment, places, apps: join(projectRoot, 'dist/apps') } as const;
    await migrateService(plan, 'up');
    service = await startService(plan, () => undefined);
    await ask('alter table matter rename to matter_away');
    const kafka = new KafkaPort({ brokers: kafkaBrokers, clientId: 'yidi-test' });
    const producer = kafka.producer();
    const { topic, type, version, example } = warningRaised;
    const envelope = {
      ...{ id: randomUUID(), type, version, occurredAt: new Date().toISOString(), producer: 'test' },
      ...{ aggregateId: example.payee, aggregateVersion: 1, correlationId: 'test', causationId: null },
      payload: example,
    };
    for (const value of ['no JSON', JSON.stringify(envelope)])
      await producer.send([
        { topic: topicPrefix + topic, messages: [{ key: example.payee, value: Buffer.from(value) }] },
      ]);
    await producer.close();
    const bothKept = async (): Promise<true | undefined> =>
      (await ask('select id from dead_letter')).length === 2 ? true : undefined;
    expect(await until(bothKept, { timeoutSeconds: 60, everyMilliseconds: 100 })).toBe(true);
  }, 120_000);

  afterAll(async () => {
    await service.process.stop();
    await withClient(adminUrl, (client) => client.query(`drop database ${databaseName} with (force)`));
    rmSync(places.state, { recursive: true, force: true });
  }, 60_000);

  it('says how it is used when it does not know the service', async () => {
    expect(await replay('nobody')).toEqual({ code: 2, lines: [expect.stringContaining('Usage: npm run replay')] });
  });

  it('[D5 F11] lists what a running service could not process, with the reasons', async () => {
    expect(await replay('collaboration')).toEqual({
      code: 0,
      lines: [
        expect.stringMatching(/^1 {2}warning-raised@\d+ {2}not JSON in UTF-8$/),
        expect.stringMatching(/^2 {2}warning-raised@\d+ {2}QueryFailedError: relation "matter" does not exist$/),
        '2 dead letters in collaboration',
      ],
    });
  });

  it('[D5 F11] processes again what can be processed now, once, and says what is left', async () => {
    expect(await replay('collaboration', '2')).toEqual({ code: 1, lines: ['2  dead'] });
    await ask('alter table matter_away rename to matter');
    expect(await replay('collaboration', 'all')).toEqual({ code: 1, lines: ['1  dead', '2  done'] });
    expect(await replay('collaboration', '2')).toEqual({ code: 0, lines: ['2  already-done'] });
    expect(await ask('select reference from matter')).toEqual([{ reference: warningRaised.example.warningNo }]);
    expect((await replay('collaboration')).lines.at(-1)).toBe('1 dead letters in collaboration');
  });

  it('says so when there is no such letter, or no such service running', async () => {
    expect(await replay('collaboration', '77')).toMatchObject({ code: 1, lines: [expect.stringContaining('404')] });
    expect(await replay('funds')).toMatchObject({ code: 1, lines: [expect.stringMatching(/^funds: /)] });
  });
});
