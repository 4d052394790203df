import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CommandLife } from '../launcher/command-life.js';
import { projectRoot } from '../launcher/places.js';
import { startServers } from '../launcher/servers.js';

/**
 * Runs Jest with real servers and answers its exit code. Arguments go to Jest; `--selectProjects unit` alone
 * needs no servers and starts none.
 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  if (args.join(' ').endsWith('--selectProjects unit')) return runJest(args, {}, life);
  const servers = await startServers({ fresh: true, signal: life.signal });
  life.stops.add(() => servers.stop());
  return runJest(args, { DATABASE_URL: servers.databaseUrl, KAFKA_BROKERS: servers.kafkaBrokers }, life);
}

async function runJest(args: readonly string[], servers: Record<string, string>, life: CommandLife): Promise<number> {
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      ...[join(projectRoot, 'node_modules/jest/bin/jest.js'), '--maxWorkers=2', ...args],
    ],
    { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...servers } },
  );
  const stop = (): void => {
    jest.kill('SIGTERM');
    setTimeout(() => jest.kill('SIGKILL'), 5000).unref();
  };
  life.signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    jest.once('error', reject);
    jest.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}
