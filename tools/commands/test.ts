import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CommandLife } from '../launcher/command-life.js';
import { projectRoot } from '../launcher/places.js';
import { startServers } from '../launcher/servers.js';
import { sweepAfterTests } from '../launcher/test-worlds.js';

/**
 * Runs Jest with real servers and answers its exit code. Arguments go to Jest; `--selectProjects unit` alone
 * needs no servers and starts none.
 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  if (selectsOnlyUnitTests(args)) return runJest(args, {}, life);
  const servers = await startServers({ fresh: true, signal: life.signal });
  life.stops.add(() => servers.stop());
  life.stops.add(sweepAfterTests);
  return runJest(args, { DATABASE_URL: servers.databaseUrl, KAFKA_BROKERS: servers.kafkaBrokers }, life);
}

function selectsOnlyUnitTests(args: readonly string[]): boolean {
  const at = args.indexOf('--selectProjects');
  const named = at < 0 ? [] : args.slice(at + 1);
  const end = named.findIndex((name) => name.startsWith('-'));
  const projects = end < 0 ? named : named.slice(0, end);
  return projects.length === 1 && projects[0] === 'unit';
}

async function runJest(args: readonly string[], servers: Record<string, string>, life: CommandLife): Promise<number> {
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      // kafkajs counts its pauses below zero on newer Node; the services drop this warning by themselves.
      '--disable-warning=TimeoutNegativeWarning',
      ...[join(projectRoot, 'node_modules/jest/bin/jest.js'), '--maxWorkers=2', '--forceExit', ...args],
    ],
    { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...servers }, detached: true },
  );
  const stop = (): void => {
    jest.kill('SIGTERM');
    setTimeout(() => jest.kill('SIGKILL'), 5000).unref();
  };
  // A worker that hangs in a test outlives Jest; it is of Jest's own process group, and nothing else is.
  life.stops.add(() => {
    killGroup(jest.pid);
  });
  life.signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    jest.once('error', reject);
    jest.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
