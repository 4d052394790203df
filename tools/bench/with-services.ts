import { randomBytes } from 'node:crypto';
import { developmentKeys } from '../launcher/development-keys.js';
import type { DevelopmentKeys } from '../launcher/development-keys.js';
import { portBaseFrom } from '../launcher/layout.js';
import { provision } from '../launcher/provision.js';
import type { ServiceDatabases } from '../launcher/provision.js';
import { startServices } from '../launcher/services.js';
import type { Services } from '../launcher/services.js';
import type { BenchServers } from './bench.js';

export interface BenchServices {
  readonly urls: Services['urls'];
  readonly databases: ServiceDatabases;
  readonly keys: DevelopmentKeys;
}

/** Starts the five services on a fresh database with topics of their own, and stops them after the work. */
export async function withServices<T>(
  { databaseUrl, kafkaBrokers, signal }: BenchServers,
  databaseName: string,
  work: (services: BenchServices) => Promise<T>,
): Promise<T> {
  const databases = await provision(databaseUrl, databaseName, { fresh: true });
  const keys = await developmentKeys();
  const services = await startServices({
    ...{ portBase: portBaseFrom(process.env), databases, keys, kafkaBrokers, signal },
    topicPrefix: `bench-${randomBytes(3).toString('hex')}-`,
    nodeEnvironment: 'production',
  });
  try {
    return await work({ urls: services.urls, databases, keys });
  } finally {
    await services.stop();
  }
}
