import type { DevelopmentKeys } from './development-keys.js';
import { publicKeySet } from './development-keys.js';
import { DEVELOPMENT_ISSUER, portsOf, type ServiceEnvironment, type ServiceName } from './layout.js';
import type { ServiceDatabases } from './provision.js';

export interface EnvironmentInput {
  portBase: number;
  databases: ServiceDatabases;
  kafkaBrokers: string;
  topicPrefix: string;
  keys: DevelopmentKeys;
  nodeEnvironment: string;
  /** What settlement is told beside or instead of the rest, for example another FILING_URL. */
  settlementEnvironment?: Readonly<Record<string, string>> | undefined;
}

/** What one service is told at its start; docker-compose.yml says the same with its own addresses. */
export function serviceEnvironment(service: ServiceName, input: EnvironmentInput): ServiceEnvironment {
  const ports = portsOf(input.portBase);
  const database = input.databases[service];
  return {
    NODE_ENV: input.nodeEnvironment,
    PORT: String(ports[service]),
    YIDI_SERVICE: service,
    YIDI_MODE: 'development',
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    KAFKA_BROKERS: input.kafkaBrokers,
    YIDI_TOPIC_PREFIX: input.topicPrefix,
    FILING_URL: `http://127.0.0.1:${ports.filing}`,
    YIDI_OIDC_ISSUER: DEVELOPMENT_ISSUER,
    YIDI_OIDC_JWKS: publicKeySet(input.keys),
    YIDI_IDENTITY_KEY: input.keys.identityKey,
    YIDI_IDENTITY_HASH_KEY: input.keys.identityHashKey,
    ...(service === 'settlement' ? input.settlementEnvironment : {}),
  };
}
