import { rmSync } from 'node:fs';
import { placesOf } from '../../../../tools/launcher/places.js';
import { startServers, whyNoOwnProcesses } from '../../../../tools/launcher/servers.js';
import type { LocalServer } from '../../../../tools/launcher/local-server.js';

/** A PostgreSQL and a Kafka that belong to one test file alone, so that it may crash them. */
export interface OwnServers {
  readonly databaseUrl: string;
  readonly brokers: string;
  readonly postgres: LocalServer;
  readonly kafka: LocalServer;
  /** Stops them and removes their files. */
  stop(): Promise<void>;
}

/**
 * Undefined when this machine can run them; otherwise why not, said on the error output too: then what needs them has not
 * been tested here, and nobody should believe it was. Docker or servers that were given do not help: they are not ours to kill.
 */
export async function whyNoOwnServers(): Promise<string | undefined> {
  const why = (await whyNoOwnProcesses())?.split(':')[0];
  if (why !== undefined) process.stderr.write(`NOT TESTED on this machine: no servers that may be crashed. ${why}.\n`);
  return why;
}

export async function startOwnServers(): Promise<OwnServers> {
  const portBase = 24_000 + Math.floor(Math.random() * 500) * 10;
  const servers = await startServers({ portBase, fresh: true, ownProcesses: true });
  const { postgres, kafka } = servers.local;
  if (postgres === undefined || kafka === undefined) throw new Error('the servers are not processes of our own');
  const stop = async (): Promise<void> => {
    await servers.stop();
    rmSync(placesOf(portBase).state, { recursive: true, force: true });
  };
  return { databaseUrl: servers.databaseUrl, brokers: servers.kafkaBrokers, postgres, kafka, stop };
}
