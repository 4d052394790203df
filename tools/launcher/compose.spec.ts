import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { composeEnvironment } from './compose-environment.js';
import {
  BROKER_SETTINGS,
  CONTAINER_PASSWORD,
  DEFAULT_DATABASE,
  DEFAULT_PORT_BASE,
  IMAGES,
  portsOf,
  SERVICE_VARIABLES,
  SETTLEMENT_OPTIONS,
  SERVICES,
} from './layout.js';
import { projectRoot } from './places.js';
import { databaseOf, type ServiceDatabases } from './provision.js';
import { serviceEnvironment } from './service-environment.js';

interface Container {
  image: string;
  environment: Record<string, string>;
  ports: string[];
  healthcheck: { test: string[] };
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Container> };
const container = (name: string): Container => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const ports = portsOf(DEFAULT_PORT_BASE);
const adminUrl = `postgres://postgres:${CONTAINER_PASSWORD}@postgres:5432/postgres`;
const keys = { privateKey: {}, publicKey: {}, identityKey: 'key', identityHashKey: 'hash key' };
const databases = Object.fromEntries(
  SERVICES.map((service) => [service, databaseOf(adminUrl, DEFAULT_DATABASE, service)]),
) as ServiceDatabases;

describe('docker-compose.yml', () => {
  it('has the two servers, the preparation and the services the launcher knows, and nothing else', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['kafka', 'postgres', 'prepare', ...SERVICES].sort());
  });

  it('pins the versions the launcher uses', () => {
    expect(container('postgres').image).toBe(IMAGES.postgres);
    expect(container('kafka').image).toBe(IMAGES.kafka);
    expect(read('Dockerfile').match(/^FROM \S+/gm)).toEqual([`FROM ${IMAGES.node}`, `FROM ${IMAGES.node}`]);
    expect(read('tools/launcher/kafka/pom.xml')).toContain(`<version>${IMAGES.kafka.split(':')[1] ?? ''}</version>`);
  });

  it.each([
    ['postgres', ports.postgres, 5432],
    ['kafka', ports.kafka, 9094],
    ...SERVICES.map((service) => [service, ports[service], ports[service]] as const),
  ])('%s is published on port %i of this machine only', (name, published, inside) => {
    const variable = `YIDI_${name.toUpperCase()}_PORT`;
    expect(container(name).ports).toEqual([`127.0.0.1:\${${variable}:-${published}}:${inside}`]);
  });

  it('asks for no variable that the launcher and .env do not give', async () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    const given = [...Object.keys(await composeEnvironment(DEFAULT_PORT_BASE)), ...SETTLEMENT_OPTIONS];
    expect([...new Set(asked)].sort()).toEqual(given.sort());
  });

  it('gives Kafka the settings of the local process', () => {
    const { environment } = container('kafka');
    for (const [name, value] of Object.entries(BROKER_SETTINGS)) {
      expect([name, environment[`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`]]).toEqual([name, value]);
    }
  });

  it.each(SERVICES)('tells %s what the launcher tells it, at the addresses of the containers', (service) => {
    const input = { portBase: DEFAULT_PORT_BASE, databases, kafkaBrokers: 'kafka:9092', topicPrefix: '', keys };
    const told = serviceEnvironment(service, { ...input, nodeEnvironment: 'production' });
    const { environment, healthcheck } = container(service);
    const options = service === 'settlement' ? SETTLEMENT_OPTIONS : [];
    expect(Object.keys(environment).sort()).toEqual([...SERVICE_VARIABLES, ...options].sort());
    for (const name of options) expect(environment[name]).toBe(`\${${name}:-}`);
    for (const name of SERVICE_VARIABLES) {
      const value = environment[name] ?? '';
      if (value.startsWith('${')) expect(value).toContain(`\${${name}:?`);
      else expect([name, value]).toEqual([name, told[name].replace('127.0.0.1:7001', 'filing:7001')]);
    }
    expect(healthcheck.test).toContain('dist/tools/health.js');
  });

  it('prepares the database with the administrator that Postgres is started with', () => {
    expect(container('postgres').environment['POSTGRES_PASSWORD']).toBe(CONTAINER_PASSWORD);
    expect(container('prepare').environment).toEqual({ DATABASE_URL: adminUrl });
  });
});

describe('nest-cli.json', () => {
  it('is a monorepo of the five services and the shared library', () => {
    const nest = JSON.parse(read('nest-cli.json')) as { monorepo: boolean; projects: Record<string, { root: string }> };
    expect(nest.monorepo).toBe(true);
    const roots = Object.values(nest.projects).map(({ root }) => root);
    expect(roots).toEqual([...SERVICES.map((service) => `apps/${service}`), 'libs/shared']);
  });
});
