import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherFault, faultOfFileSystem } from './faults.js';

const NEEDED_MEGABYTES = 500;
/** With less than this PostgreSQL and Kafka stop working. */
const CRITICAL_MEGABYTES = 20;

/** The folder with package.json, found from this file whether it runs from tools/ or from dist/tools/. */
export const projectRoot = findProjectRoot(import.meta.dirname);

/** The folders of one port base; everything a launcher writes lies below `state`. */
export interface Places {
  root: string;
  state: string;
  logs: string;
  processes: string;
  kafkaJars: string;
}

export function placesOf(portBase: number, root = projectRoot): Places {
  const state = join(root, '.yidi', String(portBase));
  return {
    root,
    state,
    logs: join(state, 'logs'),
    processes: join(state, 'processes'),
    kafkaJars: join(root, '.yidi', 'kafka'),
  };
}

/** Makes the folders; a fault when they cannot be written or the disk is nearly full. */
export function preparePlaces(places: Places): void {
  try {
    for (const folder of [places.state, places.logs, places.processes]) mkdirSync(folder, { recursive: true });
    const probe = join(places.state, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw faultOfFileSystem(error, places.state);
  }
  const full = diskFault(places, NEEDED_MEGABYTES);
  if (full !== undefined) throw full;
}

/** What is wrong when the disk is nearly full. */
function diskFault({ state }: Places, neededMegabytes: number): LauncherFault | undefined {
  const { bavail, bsize } = statfsSync(state);
  const freeMegabytes = Math.floor((bavail * bsize) / 1e6);
  return freeMegabytes < neededMegabytes ? new LauncherFault('disk-full', { folder: state, freeMegabytes }) : undefined;
}

/** A disk that fills up shows itself as any other trouble: as a server that ends, or a migration that says nothing. */
export const causeOf = (trouble: unknown, places: Places): unknown =>
  diskFault(places, CRITICAL_MEGABYTES) ?? faultOfFileSystem(trouble, places.state);

function findProjectRoot(from: string): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && readFileSync(file, 'utf8').includes('"name": "yidi"')) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('The folder of the project Yidi was not found above this file.');
  return findProjectRoot(parent);
}
