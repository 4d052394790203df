import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../bootstrap/lock.mjs';
import { portBaseFrom } from './layout.js';
import { placesOf, projectRoot } from './places.js';
import { sweepLeftovers } from './processes.js';

const portsPerWorker = 10;
const mostWorkers = 8;
const lockFiles = ['servers.lock', 'services.lock'];

/** Test files that run at the same time each start their services on ten ports between the console's and Kafka's. */
export function testPortBase(environment: NodeJS.ProcessEnv): number {
  const worker = Number(environment['JEST_WORKER_ID'] ?? '1');
  if (!Number.isInteger(worker) || worker < 1 || worker > mostWorkers)
    throw new Error(`tests with services have ports for ${mostWorkers} workers, and this is worker ${worker}`);
  return portBaseFrom(environment) + portsPerWorker * worker;
}

/** Ends the servers and services of test files that were killed before they could: those under a lock of the dead. */
export async function sweepAfterTests(): Promise<void> {
  const portBases = readdirSync(join(projectRoot, '.yidi')).filter((name) => /^\d+$/.test(name));
  for (const portBase of portBases) {
    const { state, processes } = placesOf(Number(portBase));
    if (!existsSync(processes)) continue;
    const locks = lockFiles.map((file) => takeLock(join(state, file)));
    try {
      const records = readdirSync(processes).map((file) => file.replace(/\.json$/, ''));
      if (locks.every(({ taken }) => taken)) await sweepLeftovers(processes, records);
    } finally {
      for (const lock of locks) if (lock.taken) lock.release();
    }
  }
}
