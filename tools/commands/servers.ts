import type { CommandLife } from '../launcher/command-life.js';
import { startServers } from '../launcher/servers.js';

/** Starts only the two servers and prints where they are, until Ctrl-C. `--fresh` begins empty. */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const servers = await startServers({ fresh: args.includes('--fresh'), signal: life.signal });
  life.stops.add(() => servers.stop());
  for (const { name, version, how } of servers.found) console.log(`${name} ${version} (${how})`);
  console.log(`export DATABASE_URL=${servers.databaseUrl}`);
  console.log(`export KAFKA_BROKERS=${servers.kafkaBrokers}`);
  console.log(`Ready after ${servers.seconds.toFixed(1)} s; Ctrl-C stops what was started.`);
  // A timer keeps the process alive: waiting for a promise alone does not.
  const alive = setInterval(() => undefined, 60_000);
  await life.stopped;
  clearInterval(alive);
  return 0;
}
