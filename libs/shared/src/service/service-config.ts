import { serviceTopics } from '../contracts/index.js';
import type { ServiceName } from '../contracts/index.js';
import { readCounterparts } from './counterpart.js';
import type { Counterpart } from './counterpart.js';

/** 服务配置: what a service is told at its start, checked before anything else happens. */
export class ServiceConfig {
  readonly service: ServiceName;
  readonly production: boolean;
  readonly port: number;
  readonly databaseUrl: string;
  readonly kafkaBrokers: string;
  readonly topicPrefix: string;
  readonly filingUrl: string;
  readonly issuer: string;
  readonly jwks: string;
  readonly identityKey: string;
  readonly identityHashKey: string;
  readonly logLevel: string;
  /** 待遇政策包 whose unconfirmed clauses may settle, by name with commas; only settlement looks at it. */
  readonly acceptUnconfirmed: string;
  /** 部署名称: how other deployments know this one; only settlement looks at it and at them. */
  readonly deployment: string;
  readonly counterparts: readonly Counterpart[];

  private constructor(service: ServiceName, environment: NodeJS.ProcessEnv) {
    const value = (name: string): string => environment[name] ?? '';
    this.service = service;
    this.production = value('YIDI_MODE') !== 'development';
    this.port = Number(value('PORT'));
    this.databaseUrl = value('DATABASE_URL');
    this.kafkaBrokers = value('KAFKA_BROKERS');
    this.topicPrefix = value('YIDI_TOPIC_PREFIX');
    this.filingUrl = value('FILING_URL');
    this.issuer = value('YIDI_OIDC_ISSUER');
    this.jwks = value('YIDI_OIDC_JWKS');
    this.identityKey = value('YIDI_IDENTITY_KEY');
    this.identityHashKey = value('YIDI_IDENTITY_HASH_KEY');
    this.logLevel = value('YIDI_LOG_LEVEL') || 'info';
    this.acceptUnconfirmed = value('YIDI_ACCEPT_UNCONFIRMED');
    this.deployment = value('YIDI_DEPLOYMENT');
    this.counterparts = readCounterparts(value('YIDI_COUNTERPARTS')) ?? [];
  }

  /** Throws a ConfigurationError with one sentence per problem. */
  static read(service: string, environment: NodeJS.ProcessEnv): ServiceConfig {
    if (!(service in serviceTopics)) throw new ConfigurationError([`There is no service called ${service}.`]);
    const problems = checks.flatMap(({ name, holds, say }) =>
      holds(environment[name] ?? '') ? [] : [`${name} ${say}.`],
    );
    if (problems.length > 0) throw new ConfigurationError(problems);
    return new ServiceConfig(service as ServiceName, environment);
  }
}

export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join(' '));
  }
}

interface Check {
  readonly name: string;
  readonly holds: (value: string) => boolean;
  readonly say: string;
}

const isKey = (value: string): boolean => /^[0-9a-f]{64}$/i.test(value);
const isJwks = (value: string): boolean => /^https?:\/\//.test(value) || (value.startsWith('{') && isJson(value));

const checks: readonly Check[] = [
  {
    name: 'YIDI_MODE',
    holds: (value) => value === 'development' || value === 'production',
    say: 'must be development or production',
  },
  {
    name: 'PORT',
    holds: (value) => /^\d+$/.test(value) && Number(value) > 0 && Number(value) < 65_536,
    say: 'must be the port to listen on, for example 7001',
  },
  {
    name: 'DATABASE_URL',
    holds: (value) => /^postgres(ql)?:\/\//.test(value),
    say: 'must be the address of the database, postgres://user:password@host:port/name',
  },
  {
    name: 'KAFKA_BROKERS',
    holds: (value) => /^[^,\s]+:\d+(,[^,\s]+:\d+)*$/.test(value),
    say: 'must name the brokers as host:port, with commas between them',
  },
  {
    name: 'YIDI_TOPIC_PREFIX',
    holds: (value) => /^[\w.-]*$/.test(value),
    say: 'may have letters, digits, dots and dashes only',
  },
  {
    name: 'FILING_URL',
    holds: (value) => /^https?:\/\//.test(value),
    say: 'must be the address of the filing service',
  },
  { name: 'YIDI_OIDC_ISSUER', holds: (value) => value !== '', say: 'must name who issues the tokens of the agencies' },
  { name: 'YIDI_OIDC_JWKS', holds: isJwks, say: 'must be the key set of the issuer, as an address or as JSON' },
  { name: 'YIDI_IDENTITY_KEY', holds: isKey, say: 'must be 64 hexadecimal digits' },
  { name: 'YIDI_IDENTITY_HASH_KEY', holds: isKey, say: 'must be 64 hexadecimal digits' },
  {
    name: 'YIDI_COUNTERPARTS',
    holds: (value) => readCounterparts(value) !== undefined,
    say: 'must be a JSON list of {"name","areas":["43"],"url","key": 64 hexadecimal digits}, or empty',
  },
  {
    name: 'YIDI_DEPLOYMENT',
    holds: (value) => /^[a-z0-9-]{0,40}$/.test(value),
    say: 'may have small letters, digits and dashes only',
  },
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
