import { seed } from '../demo/seed.js';
import { startStep } from '../bootstrap/progress.mjs';
import type { CommandLife } from '../launcher/command-life.js';
import { SERVICES } from '../launcher/layout.js';
import { startWorld, type World } from '../launcher/world.js';

/** Keeps everything running until Ctrl-C: servers, services, seeded. `--keep` goes on with what was there last time. */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const fresh = !args.includes('--keep');
  const world = await startWorld({ fresh, signal: life.signal });
  life.stops.add(() => world.stop());
  if (fresh) await fill(world);
  await printAddresses(world);

  const ending = await Promise.race([world.failed, life.stopped]);
  if (ending === undefined) return 0;
  console.error(ending.message);
  return 1;
}

/** The demo's first chapters fill the world, through the public doors like everything else. */
async function fill(world: World): Promise<void> {
  const step = startStep('Seeding institutions, catalogues, persons, filings and prepayments');
  const credentials = await seed(world);
  step.done();
  console.log(
    `The clock stands on 2026-03-02 (npm run clock moves it); the hospitals' credentials are in ${credentials}`,
  );
}

async function printAddresses(world: World): Promise<void> {
  const megabytes = await world.services.residentMegabytes();
  for (const { name, version, how } of world.found) console.log(`${name} ${version} (${how})`);
  for (const service of SERVICES) {
    const url = world.urls[service];
    const facts = `ready in ${world.services.secondsToReady[service].toFixed(1)} s, ${(megabytes[service] ?? 0).toFixed(0)} MB`;
    console.log(`${service.padEnd(14)} ${url}  docs ${url}/docs  (${facts})`);
  }
  console.log('Everything is running; Ctrl-C stops it.');
}
