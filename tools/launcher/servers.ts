import { join } from 'node:path';
import { startStep } from '../bootstrap/progress.mjs';
import { takeLock } from '../bootstrap/lock.mjs';
import { startContainers } from './containers.js';
import { decide, type How, type ServerKind } from './decide.js';
import { LauncherFault } from './faults.js';
import { tryKafka } from './kafka-client.js';
import { startLocalKafka } from './kafka-local.js';
import { KAFKA_VERSION, portBaseFrom, portsOf } from './layout.js';
import type { LocalServer } from './local-server.js';
import { causeOf, placesOf, preparePlaces, type Places } from './places.js';
import { requireFreePort } from './ports.js';
import { addressOf, describePostgres } from './postgres-client.js';
import { reasonOf } from './reasons.js';
import { startLocalPostgres } from './postgres-local.js';
import { dockerEngineAnswers, findFacts, javaCommand } from './probes.js';
import { sweepLeftovers } from './processes.js';
import { StopList } from './stop-list.js';
import { throwIfStopped } from './waiting.js';

export interface ServersOptions {
  portBase?: number;
  /** Begin without databases and topics. Servers that were given are never emptied. */
  fresh?: boolean;
  environment?: NodeJS.ProcessEnv;
  /** Processes of our own even where servers are given or Docker answers: for tests that crash them. */
  ownProcesses?: boolean;
  signal?: AbortSignal | undefined;
}

export interface FoundServer {
  name: 'PostgreSQL' | 'Apache Kafka';
  version: string;
  how: How;
}

export interface Servers {
  /** For a user who may create databases and roles. */
  databaseUrl: string;
  kafkaBrokers: string;
  found: FoundServer[];
  seconds: number;
  /** The servers that are our own processes, for tests that crash them. */
  local: Partial<Record<ServerKind, LocalServer>>;
  stop(): Promise<void>;
}

interface Context {
  environment: NodeJS.ProcessEnv;
  places: Places;
  portBase: number;
  fresh: boolean;
  signal: AbortSignal | undefined;
  stops: StopList;
}

interface Address {
  url: string;
  how: How;
  server?: LocalServer;
}

const GIVEN_BY = { postgres: 'DATABASE_URL', kafka: 'KAFKA_BROKERS' } as const;
const KINDS: readonly ServerKind[] = ['postgres', 'kafka'];

/** Finds or starts both servers, each decided on its own; whatever was started is stopped again when one fails. */
export async function startServers(options: ServersOptions = {}): Promise<Servers> {
  const started = performance.now();
  const environment = options.environment ?? process.env;
  const portBase = options.portBase ?? portBaseFrom(environment);
  const ownProcesses = options.ownProcesses === true;
  const places = placesOf(portBase);
  const stops = new StopList();
  const context: Context = {
    environment,
    places,
    portBase,
    fresh: options.fresh === true,
    signal: options.signal,
    stops,
  };
  const step = startStep('Starting PostgreSQL and Apache Kafka');
  try {
    const ways = await decideWays(ownProcesses ? { environment: {}, places } : context, !ownProcesses);
    const { postgres, kafka } = await startAs(ways, context);
    const [version] = await Promise.all([checkPostgres(postgres), checkKafka(kafka)]);
    step.done();
    return {
      databaseUrl: postgres.url,
      kafkaBrokers: kafka.url,
      found: [
        { name: 'PostgreSQL', version, how: postgres.how },
        { name: 'Apache Kafka', version: kafka.how === 'given' ? 'as given' : KAFKA_VERSION, how: kafka.how },
      ],
      seconds: (performance.now() - started) / 1000,
      local: {
        ...(postgres.server === undefined ? {} : { postgres: postgres.server }),
        ...(kafka.server === undefined ? {} : { kafka: kafka.server }),
      },
      stop: () => stops.stopAll(),
    };
  } catch (error) {
    step.failed();
    await stops.stopAll();
    throw causeOf(error, places);
  }
}

type Ways = Record<ServerKind, How>;

/** Why this machine cannot run both servers as processes of our own, in one sentence; undefined when it can. */
export async function whyNoOwnProcesses(): Promise<string | undefined> {
  try {
    await decideWays({ environment: {}, places: placesOf(portBaseFrom(process.env)) }, false);
    return undefined;
  } catch (error) {
    if (error instanceof LauncherFault) return error.message;
    throw error;
  }
}

async function decideWays(
  { environment, places }: Pick<Context, 'environment' | 'places'>,
  dockerAllowed = true,
): Promise<Ways> {
  let engine: Promise<boolean> | undefined;
  const dockerAnswers = (): Promise<boolean> =>
    dockerAllowed ? (engine ??= dockerEngineAnswers()) : Promise.resolve(false);
  const decided = await Promise.all(
    KINDS.map(async (kind) => {
      const given = (environment[GIVEN_BY[kind]] ?? '') !== '';
      return decide(kind, await findFacts(kind, given, places, dockerAnswers));
    }),
  );
  const [postgres, kafka] = decided.map((way) => {
    if (way instanceof LauncherFault) throw way;
    return way;
  });
  return { postgres: postgres ?? 'local', kafka: kafka ?? 'local' };
}

async function startAs(ways: Ways, context: Context): Promise<Record<ServerKind, Address>> {
  const { environment } = context;
  const given = (kind: ServerKind): Address => ({ url: environment[GIVEN_BY[kind]] ?? '', how: 'given' });
  const own = KINDS.filter((kind) => ways[kind] !== 'given');
  if (own.length === 0) return { postgres: given('postgres'), kafka: given('kafka') };

  await claimPortBase(own, context);
  if (own.some((kind) => ways[kind] === 'container')) {
    try {
      const containers = await startContainers({ ...context, kinds: own });
      context.stops.add(() => containers.stop());
      const address = (kind: ServerKind, url: string): Address =>
        ways[kind] === 'given' ? given(kind) : { url, how: 'container' };
      return {
        postgres: address('postgres', containers.databaseUrl),
        kafka: address('kafka', containers.kafkaBrokers),
      };
    } catch (error) {
      if (!(error instanceof LauncherFault)) throw error;
      ways = await decideWays(context, false).catch(() => {
        throw error;
      });
    }
  }
  const [postgres, kafka] = await Promise.allSettled([
    ways.postgres === 'given' ? given('postgres') : startPostgres(context),
    ways.kafka === 'given' ? given('kafka') : startKafka(context),
  ]);
  throwIfStopped(context.signal);
  if (postgres.status === 'rejected') throw postgres.reason;
  if (kafka.status === 'rejected') throw kafka.reason;
  return { postgres: postgres.value, kafka: kafka.value };
}

/** Makes this port base ours: one launcher at a time, nothing left of a crashed one, and its ports free. */
async function claimPortBase(own: readonly ServerKind[], context: Context): Promise<void> {
  const { places, portBase, stops } = context;
  preparePlaces(places);
  const lock = takeLock(join(places.state, 'servers.lock'));
  if (!lock.taken) throw new LauncherFault('second-copy', { pid: lock.pid, portBase });
  stops.add(() => {
    lock.release();
  });
  await sweepLeftovers(places.processes, own);
}

async function startPostgres(context: Context): Promise<Address> {
  const { places, portBase, fresh, signal, stops } = context;
  const port = portsOf(portBase).postgres;
  const check = (): Promise<void> => requireFreePort(port, 'PostgreSQL', portBase);
  const { url, server } = await startLocalPostgres({ places, port, fresh, signal, beforeLaunch: check });
  stops.add(() => server.stop());
  return { url, how: 'local', server };
}

async function startKafka(context: Context): Promise<Address> {
  const { places, portBase, fresh, signal, stops } = context;
  const { kafka: port, kafkaController: controllerPort } = portsOf(portBase);
  await requireFreePort(port, 'Apache Kafka', portBase);
  await requireFreePort(controllerPort, 'the controller of Apache Kafka', portBase);
  const { brokers, server } = await startLocalKafka({
    places,
    java: javaCommand(),
    port,
    controllerPort,
    fresh,
    signal,
  });
  stops.add(() => server.stop());
  return { url: brokers, how: 'local', server };
}

async function checkPostgres({ url, how }: Address): Promise<string> {
  const address = addressOf(url);
  const found = await describePostgres(url).catch((error: unknown) => {
    throw how === 'given' ? new LauncherFault('database-unreachable', { address, reason: reasonOf(error) }) : error;
  });
  if (!found.admin) throw new LauncherFault('database-not-admin', { user: found.user });
  return found.version;
}

async function checkKafka({ url, how }: Address): Promise<void> {
  if (how !== 'given') return;
  const reason = await tryKafka(url, 3);
  if (reason !== undefined) throw new LauncherFault('kafka-unreachable', { address: url, reason });
}
