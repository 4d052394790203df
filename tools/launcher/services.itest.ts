import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentKeys } from './development-keys.js';
import { SERVICES, type ServiceName } from './layout.js';
import { placesOf } from './places.js';
import { startServices, type ServicesOptions } from './services.js';
import type { ServiceDatabases } from './provision.js';

const portBase = 21_000 + Math.floor(Math.random() * 200) * 10;
const places = placesOf(portBase);
const folder = mkdtempSync(join(tmpdir(), 'yidi-services-'));
const database = { schema: 'none', appUrl: 'postgres://nobody', ownerUrl: 'postgres://nobody' };

const READY = `import { createServer } from 'node:http';
console.log(JSON.stringify({ msg: 'listening', service: process.env.YIDI_SERVICE }));
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  response.statusCode = request.url === '/health/ready' ? 200 : 404;
  response.end();
}).listen(Number(process.env.PORT), '127.0.0.1');`;
const DYING = `console.log(JSON.stringify({ level: 50, msg: 'the configuration is wrong', err: { message: 'no key' } }));
process.exit(1);`;

function writeApp(service: ServiceName, file: 'main' | 'migrate', code: string): void {
  const source = join(folder, service, 'src');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(source, `${file}.js`), code);
}

async function options(): Promise<ServicesOptions> {
  const databases = Object.fromEntries(SERVICES.map((service) => [service, database])) as ServiceDatabases;
  const keys = await developmentKeys(join(folder, 'keys.json'));
  return {
    portBase,
    databases,
    kafkaBrokers: 'none',
    topicPrefix: '',
    keys,
    nodeEnvironment: 'test',
    appsFolder: folder,
  };
}

const recorded = (): string[] => readdirSync(places.processes);

describe('startServices', () => {
  beforeEach(() => {
    for (const service of SERVICES) {
      rmSync(join(folder, service), { recursive: true, force: true });
      writeApp(service, 'main', READY);
    }
  });

  afterAll(() => {
    for (const path of [folder, places.state]) rmSync(path, { recursive: true, force: true });
  });

  it('starts all five, says how long each took and how much memory it holds, and stops them', async () => {
    const services = await startServices(await options());
    expect(Object.keys(services.urls)).toEqual([...SERVICES]);
    expect(recorded()).toHaveLength(SERVICES.length);
    for (const megabytes of Object.values(await services.residentMegabytes())) expect(megabytes).toBeGreaterThan(10);
    for (const seconds of Object.values(services.secondsToReady)) expect(seconds).toBeGreaterThan(0);
    await services.stop();
    expect(recorded()).toEqual([]);
    await expect(fetch(`${services.urls.funds}/health/ready`)).rejects.toThrow();
  });

  it('says which service died at its start and why, and leaves none of the others running', async () => {
    writeApp('clearing', 'main', DYING);
    await expect(startServices(await options())).rejects.toThrow(
      /The service clearing has ended \(exit code 1\); .*the configuration is wrong: no key/,
    );
    expect(recorded()).toEqual([]);
  });

  it('says which service died later', async () => {
    const services = await startServices(await options());
    await fetch(`${services.urls.filing}/die`).catch(() => undefined);
    await expect(services.failed).resolves.toMatchObject({ code: 'service-died', details: { service: 'filing' } });
    await services.stop();
  });

  it('says which migration failed', async () => {
    writeApp('funds', 'migrate', DYING);
    await expect(startServices(await options())).rejects.toThrow(/The migrations of funds failed/);
  });

  it('refuses a second copy on the same ports', async () => {
    const services = await startServices(await options());
    await expect(startServices(await options())).rejects.toMatchObject({ code: 'second-copy' });
    await services.stop();
  });
});
