import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import { startLocalServer, type LocalServer } from './local-server.js';
import type { Places } from './places.js';
import { dropEveryDatabase, tryPostgres } from './postgres-client.js';
import { preparePostgresFiles, type PostgresFiles } from './postgres-files.js';
import { endLeftover, OwnProcess } from './processes.js';
import { identityOf } from '../bootstrap/lock.mjs';

interface Options {
  places: Places;
  port: number;
  fresh: boolean;
  /** Called once a leftover of our own is gone; checks that the port is free. */
  beforeLaunch(): Promise<void>;
  signal?: AbortSignal | undefined;
}

/**
 * PostgreSQL from the npm package as a process of our own. The data folder stays, so that only the first start pays
 * for initdb; `fresh` empties it of databases. fsync stays on: this is the database the tests of money run on.
 */
export async function startLocalPostgres(options: Options): Promise<{ url: string; server: LocalServer }> {
  const { places, port, signal } = options;
  const files = await preparePostgresFiles(places);
  await endStalePostmaster(files.dataFolder);
  await options.beforeLaunch();
  const password = await initialise(files, places, signal);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const log = join(places.logs, 'postgres.log');

  const server = await startLocalServer({
    name: 'PostgreSQL',
    log,
    launch: () => launch(files, places, port, log),
    probe: () => tryPostgres(url),
    signal,
  });
  try {
    if (options.fresh) await dropEveryDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, server };
}

function launch(files: PostgresFiles, places: Places, port: number, logFile: string): OwnProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  return OwnProcess.start({
    name: 'postgres',
    command: files.postgres,
    args: [
      ...['-D', files.dataFolder, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: files.dataFolder,
    logFile,
    freshLog: true,
    records: places.processes,
    user: files.user,
    stopSignal: 'SIGINT',
  });
}

/** Creates the cluster when there is none, or when an earlier initdb was cut short; answers its password. */
async function initialise(files: PostgresFiles, places: Places, signal: AbortSignal | undefined): Promise<string> {
  const passwordFile = join(files.dataFolder, '..', 'postgres-password');
  const complete = join(files.dataFolder, '..', 'postgres-initialised');
  if (existsSync(complete) && existsSync(join(files.dataFolder, 'PG_VERSION')))
    return readFileSync(passwordFile, 'utf8');

  rmSync(files.dataFolder, { recursive: true, force: true });
  const again = await preparePostgresFiles(places);
  const password = randomBytes(18).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (files.user !== undefined) chownSync(passwordFile, files.user.uid, files.user.gid);
  const log = join(places.logs, 'initdb.log');
  const { code, output } = await runExternal(
    again.initdb,
    [
      ...['-D', files.dataFolder, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--lc-messages=C'],
    ],
    { user: files.user, logFile: log, cwd: files.dataFolder, signal },
  );
  if (code !== 0) {
    const reason =
      output
        .trim()
        .split('\n')
        .find((line) => line.includes('error')) ?? 'initdb failed';
    if (/No space left/.test(output)) throw new LauncherFault('disk-full', { folder: files.dataFolder });
    throw new LauncherFault('server-failed', { server: 'PostgreSQL', log, reason });
  }
  writeFileSync(complete, '');
  return password;
}

/**
 * After a crash postmaster.pid stays behind. When its process still runs on this very data folder it is ended;
 * otherwise the file is removed, since its number may belong to somebody else by now.
 */
async function endStalePostmaster(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const { output } = await runExternal('ps', ['-o', 'args=', '-p', String(pid)], { timeoutSeconds: 5 });
  const commandLine = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : output;
  if (commandLine.includes(dataFolder)) await endLeftover({ pid, identity: identityOf(pid), stopSignal: 'SIGINT' });
  rmSync(file, { force: true });
}
