import { existsSync } from 'node:fs';
import { portBaseFrom, SERVICES } from './layout.js';
import { placesOf } from './places.js';
import { sweepLeftovers } from './processes.js';

const portsPerWorker = 10;
const mostWorkers = 8;

/** Test files that run at the same time each start their services on ten ports between the console's and Kafka's. */
export function testPortBase(environment: NodeJS.ProcessEnv): number {
  const worker = Number(environment['JEST_WORKER_ID'] ?? '1');
  if (!Number.isInteger(worker) || worker < 1 || worker > mostWorkers)
    throw new Error(`tests with services have ports for ${mostWorkers} workers, and this is worker ${worker}`);
  return portBaseFrom(environment) + portsPerWorker * worker;
}

/** Ends the services of test files that were killed before they could stop them. */
export async function sweepTestWorlds(environment: NodeJS.ProcessEnv): Promise<void> {
  for (let worker = 1; worker <= mostWorkers; worker += 1) {
    const { processes } = placesOf(testPortBase({ ...environment, JEST_WORKER_ID: String(worker) }));
    if (existsSync(processes)) await sweepLeftovers(processes, SERVICES);
  }
}
