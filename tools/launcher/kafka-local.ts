import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import { tryKafka } from './kafka-client.js';
import { fetchKafkaJars } from './kafka-jars.js';
import { BROKER_SETTINGS, KAFKA_VERSION } from './layout.js';
import { startLocalServer, type LocalServer } from './local-server.js';
import type { Places } from './places.js';
import { OwnProcess } from './processes.js';

interface Options {
  places: Places;
  java: string;
  port: number;
  controllerPort: number;
  fresh: boolean;
  signal?: AbortSignal | undefined;
}

const JVM_FLAGS = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

/** Apache Kafka (KRaft, one node) as a process of our own. `fresh` begins with empty logs. */
export async function startLocalKafka(options: Options): Promise<{ brokers: string; server: LocalServer }> {
  const { places, port, signal } = options;
  const jars = await fetchKafkaJars(places, signal);
  const properties = writeProperties(options);
  await prepareLogs(options, jars, properties);
  const brokers = `127.0.0.1:${port}`;
  const log = join(places.logs, 'kafka.log');

  const server = await startLocalServer({
    name: 'Apache Kafka',
    log,
    launch: () => launch(options, jars, properties, log),
    probe: () => tryKafka(brokers),
    signal,
  });
  return { brokers, server };
}

const classpath = (jars: string): string => join(jars, '*');

function launch(options: Options, jars: string, properties: string, logFile: string): OwnProcess {
  return OwnProcess.start({
    name: 'kafka',
    command: options.java,
    args: [...JVM_FLAGS, '-cp', classpath(jars), 'kafka.Kafka', properties],
    cwd: options.places.state,
    logFile,
    freshLog: true,
    records: options.places.processes,
  });
}

const logFolder = (places: Places): string => join(places.state, 'kafka-logs');

function writeProperties({ places, port, controllerPort }: Options): string {
  const path = join(places.state, 'kafka.properties');
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'log.dirs': logFolder(places),
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...BROKER_SETTINGS,
  };
  writeFileSync(
    path,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return path;
}

/**
 * Formatting costs a start of Java, so it is done once and kept as a template that every fresh start copies.
 * Template and logs both appear by a rename, so a folder of either name is complete.
 */
async function prepareLogs(options: Options, jars: string, properties: string): Promise<void> {
  const { places } = options;
  const logs = logFolder(places);
  const template = join(places.state, `kafka-formatted-${KAFKA_VERSION}`);
  const growing = `${logs}.growing`;
  if (!options.fresh && existsSync(template) && existsSync(logs)) return;

  for (const folder of [logs, growing]) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(template)) {
    await format(options, jars, properties);
    renameSync(logs, template);
  }
  cpSync(template, growing, { recursive: true });
  renameSync(growing, logs);
}

async function format(options: Options, jars: string, properties: string): Promise<void> {
  const { places } = options;
  mkdirSync(logFolder(places), { recursive: true });
  const log = join(places.logs, 'kafka-format.log');
  const { code, output } = await runExternal(
    options.java,
    [
      ...[...JVM_FLAGS, '-cp', classpath(jars), 'kafka.tools.StorageTool', 'format', '--standalone'],
      ...['--cluster-id', 'WWlkaS1sb2NhbC1rYWZrYQ', '--config', properties],
    ],
    { logFile: log, signal: options.signal },
  );
  if (code === 0) return;
  if (output.includes('No space left')) throw new LauncherFault('disk-full', { folder: places.state });
  throw new LauncherFault('server-failed', { server: 'Apache Kafka', log, reason: 'its logs could not be formatted' });
}
