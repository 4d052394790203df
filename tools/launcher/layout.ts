import { LauncherFault } from './faults.js';

/** The five services, in the order in which people read about them. */
export const SERVICES = ['filing', 'settlement', 'clearing', 'funds', 'collaboration'] as const;
export type ServiceName = (typeof SERVICES)[number];

export const DEFAULT_PORT_BASE = 7000;

/** What is added to the port base; docker-compose.yml uses the sums for the default base. */
export const PORT_OFFSETS = {
  console: 0,
  filing: 1,
  settlement: 2,
  clearing: 3,
  funds: 4,
  collaboration: 5,
  simulator: 6,
  kafka: 92,
  kafkaController: 93,
  postgres: 432,
} as const;
export type PortName = keyof typeof PORT_OFFSETS;

export const KAFKA_VERSION = '4.2.0';
export const POSTGRES_VERSION = '18.4';
export const IMAGES = {
  postgres: `postgres:${POSTGRES_VERSION}`,
  kafka: `apache/kafka:${KAFKA_VERSION}`,
  node: 'node:24-slim',
} as const;

export const DEFAULT_DATABASE = 'yidi';
export const DEVELOPMENT_ISSUER = 'yidi-development';
export const TOKEN_AUDIENCE = 'yidi';
/** The containers listen on this machine only; the password keeps accidents out, not people. */
export const CONTAINER_PASSWORD = 'yidi-development';

/** Broker settings of both the local process and the container: one node, quick, 10 MB messages, no accidental topics. */
export const BROKER_SETTINGS = {
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'default.replication.factor': '1',
  'min.insync.replicas': '1',
  'message.max.bytes': '10485760',
  'replica.fetch.max.bytes': '10485760',
  'auto.create.topics.enable': 'false',
} as const;

/** The environment every service is started with, by the launcher and by docker-compose.yml alike. */
export const SERVICE_VARIABLES = [
  'NODE_ENV',
  'PORT',
  'YIDI_SERVICE',
  'YIDI_MODE',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'KAFKA_BROKERS',
  'YIDI_TOPIC_PREFIX',
  'FILING_URL',
  'YIDI_OIDC_ISSUER',
  'YIDI_OIDC_JWKS',
  'YIDI_IDENTITY_KEY',
  'YIDI_IDENTITY_HASH_KEY',
] as const;
/** What the operator may give settlement beside them; empty where nobody does. */
export const SETTLEMENT_OPTIONS = ['YIDI_ACCEPT_UNCONFIRMED', 'YIDI_DEPLOYMENT', 'YIDI_COUNTERPARTS'] as const;

export type ServiceEnvironment = Record<(typeof SERVICE_VARIABLES)[number], string>;

/** Where everything listens for a port base. */
export function portsOf(portBase: number): Record<PortName, number> {
  const entries = Object.entries(PORT_OFFSETS).map(([name, offset]) => [name, portBase + offset]);
  return Object.fromEntries(entries) as Record<PortName, number>;
}

/** The port base of YIDI_PORT_BASE; a fault when it is not a usable number. */
export function portBaseFrom(environment: NodeJS.ProcessEnv): number {
  const text = environment['YIDI_PORT_BASE'] ?? '';
  if (text === '') return DEFAULT_PORT_BASE;
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1024 || base > 65_000)
    throw new LauncherFault('bad-port-base', { value: text });
  return base;
}
