import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentKeys, mintToken, type TokenClaims } from './development-keys.js';
import { deleteTopics } from './kafka-client.js';
import { DEFAULT_DATABASE, portBaseFrom, type ServiceName } from './layout.js';
import { placesOf } from './places.js';
import { provision, type ServiceDatabases } from './provision.js';
import { startServers, type FoundServer, type Servers } from './servers.js';
import { startServices, type Services } from './services.js';
import { StopList } from './stop-list.js';

export interface WorldOptions {
  portBase?: number;
  /** Begin with an empty database and no topics. */
  fresh?: boolean;
  databaseName?: string;
  /** Put before every topic; see topicPrefixFor for the default. */
  topicPrefix?: string;
  appsFolder?: string;
  /** All five unless said otherwise. */
  services?: readonly ServiceName[];
  /** What settlement is told beside or instead of the rest. */
  settlementEnvironment?: Readonly<Record<string, string>>;
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

export interface World {
  portBase: number;
  urls: Record<ServiceName, string>;
  servers: Servers;
  services: Services;
  databases: ServiceDatabases;
  databaseName: string;
  topicPrefix: string;
  found: FoundServer[];
  seconds: { install: number; servers: number; services: number };
  tokens: { mint(claims: TokenClaims): Promise<string> };
  /** Resolves with the fault when a service ends although nobody asked it to. */
  failed: Services['failed'];
  stop(): Promise<void>;
}

/** Servers, databases and the five services together, ready to be talked to. Stops all of it when a part fails. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const environment = options.environment ?? process.env;
  const portBase = options.portBase ?? portBaseFrom(environment);
  const { fresh = false, databaseName = DEFAULT_DATABASE, signal } = options;
  const stops = new StopList();
  try {
    const servers = await startServers({ portBase, fresh, environment, signal });
    stops.add(() => servers.stop());
    const topicPrefix = options.topicPrefix ?? topicPrefixFor(servers, fresh);
    if (topicPrefix !== '') stops.add(() => deleteTopics(servers.kafkaBrokers, topicPrefix));

    const begun = performance.now();
    const databases = await provision(servers.databaseUrl, databaseName, { fresh });
    const keys = await developmentKeys();
    const services = await startServices({
      portBase,
      databases,
      kafkaBrokers: servers.kafkaBrokers,
      topicPrefix,
      keys,
      nodeEnvironment: 'production',
      signal,
      services: options.services,
      settlementEnvironment: options.settlementEnvironment,
      ...(options.appsFolder === undefined ? {} : { appsFolder: options.appsFolder }),
    });
    stops.add(() => services.stop());
    stops.add(
      publishAddresses(portBase, {
        databaseUrl: servers.databaseUrl,
        databaseName,
        kafkaBrokers: servers.kafkaBrokers,
        topicPrefix,
      }),
    );
    return {
      portBase,
      urls: services.urls,
      servers,
      services,
      databases,
      databaseName,
      topicPrefix,
      found: servers.found,
      seconds: {
        install: Number(environment['YIDI_INSTALL_SECONDS'] ?? 0),
        servers: servers.seconds,
        services: (performance.now() - begun) / 1000,
      },
      tokens: { mint: (claims) => mintToken(claims, keys) },
      failed: services.failed,
      stop: () => stops.stopAll(),
    };
  } catch (error) {
    await stops.stopAll();
    throw error;
  }
}

/**
 * Our own Kafka is emptied for a fresh start. A given one is not ours to empty, so a fresh world there has
 * topics of its own, which are deleted at its end.
 */
function topicPrefixFor(servers: Servers, fresh: boolean): string {
  const given = servers.found.some(({ name, how }) => name === 'Apache Kafka' && how === 'given');
  return given && fresh ? `yidi-${randomBytes(4).toString('hex')}.` : '';
}

export interface Addresses {
  databaseUrl: string;
  databaseName: string;
  kafkaBrokers: string;
  topicPrefix: string;
}

export const addressFile = (portBase: number): string => join(placesOf(portBase).state, 'running.json');

/** Lets commands in another terminal find this world; the file holds a password and is for this user only. */
function publishAddresses(portBase: number, addresses: Addresses): () => void {
  const file = addressFile(portBase);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(addresses), { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}
