import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandLife } from '../launcher/command-life.js';
import { projectRoot } from '../launcher/places.js';
import { startServers } from '../launcher/servers.js';
import type { Bench, Measurement } from './bench.js';

/** `npm run bench [-- name …]`: measures what bench/ holds, each side by side with something simple. */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const benches = (await loadBenches()).filter(({ name }) => args.length === 0 || args.includes(name));
  if (benches.length === 0) {
    console.error(`There is no such bench; known are ${(await loadBenches()).map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  const servers = benches.some((bench) => bench.servers)
    ? await startServers({ fresh: true, signal: life.signal })
    : undefined;
  if (servers !== undefined) life.stops.add(() => servers.stop());
  const given =
    servers === undefined
      ? undefined
      : { databaseUrl: servers.databaseUrl, kafkaBrokers: servers.kafkaBrokers, signal: life.signal };
  for (const bench of benches) {
    console.log(`\n${bench.name}`);
    for (const row of await bench.run(bench.servers ? given : undefined)) console.log(`  ${shown(row)}`);
  }
  return 0;
}

async function loadBenches(): Promise<Bench[]> {
  const folder = join(projectRoot, 'dist/bench');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.bench.js'))
        .sort()
    : [];
  return Promise.all(
    files.map(async (file) => ((await import(pathToFileURL(join(folder, file)).href)) as { bench: Bench }).bench),
  );
}

function shown({ what, perSecond, comparedWith, ratio, note }: Measurement): string {
  const compared =
    comparedWith === undefined || ratio === undefined ? '' : `  = ${ratio.toPrecision(3)} × ${comparedWith}`;
  return `${what.padEnd(46)}${Math.round(perSecond).toLocaleString('en').padStart(14)} /s${compared}${note === undefined ? '' : `  (${note})`}`;
}
