import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLife } from '../launcher/command-life.js';
import { developmentKeys } from '../launcher/development-keys.js';
import { DEFAULT_DATABASE, portBaseFrom, SERVICES } from '../launcher/layout.js';
import { placesOf, preparePlaces, projectRoot } from '../launcher/places.js';
import { tryPostgres } from '../launcher/postgres-client.js';
import { provision } from '../launcher/provision.js';
import { startServers } from '../launcher/servers.js';
import { serviceEnvironment } from '../launcher/service-environment.js';
import { migrateService } from '../launcher/service-process.js';
import { addressFile, type Addresses } from '../launcher/world.js';

/** Brings the schemas of the named services (all without a name) up or down: npm run migrate -- up|down [service…] */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const [direction, ...names] = args;
  const services = names.length === 0 ? SERVICES : SERVICES.filter((service) => names.includes(service));
  if ((direction !== 'up' && direction !== 'down') || services.length < names.length) {
    console.error(`Say up or down, and which of ${SERVICES.join(', ')}: npm run migrate -- up settlement`);
    return 2;
  }
  const portBase = portBaseFrom(process.env);
  const addresses = await findServers(portBase, life);
  const places = placesOf(portBase);
  preparePlaces(places);
  const databases = await provision(addresses.databaseUrl, addresses.databaseName);
  const input = { ...addresses, portBase, databases, keys: await developmentKeys(), nodeEnvironment: 'production' };
  for (const service of services) {
    const environment = serviceEnvironment(service, input);
    const apps = join(projectRoot, 'dist/apps');
    const done = await migrateService({ service, environment, places, apps, signal: life.signal }, direction);
    console.log(`${service.padEnd(14)} ${done ? `${direction} ✓` : 'has no migrations'}`);
  }
  return 0;
}

/** The servers of a world that runs in another terminal, or else servers of our own for the time it takes. */
async function findServers(portBase: number, life: CommandLife): Promise<Addresses> {
  const file = addressFile(portBase);
  if (existsSync(file)) {
    const addresses = JSON.parse(readFileSync(file, 'utf8')) as Addresses;
    if ((await tryPostgres(addresses.databaseUrl)) === undefined) return addresses;
  }
  const servers = await startServers({ portBase, signal: life.signal });
  life.stops.add(() => servers.stop());
  return {
    databaseUrl: servers.databaseUrl,
    databaseName: DEFAULT_DATABASE,
    kafkaBrokers: servers.kafkaBrokers,
    topicPrefix: '',
  };
}
