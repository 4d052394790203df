import { atShanghai, isDay } from '#shared/clock';
import { startStep } from '../bootstrap/progress.mjs';
import type { CommandLife } from '../launcher/command-life.js';
import { portBaseFrom } from '../launcher/layout.js';
import { startWorld } from '../launcher/world.js';
import { readyCurl } from './shell-lines.js';
import { simulatorWorld, startSimulator } from './start-simulator.js';
import type { Simulator } from './start-simulator.js';

const USAGE = 'Usage: npm run simulator [-- --day 2026-12-31]: the day on which the world stands; today unless given.';

/**
 * `npm run simulator`: the real gateway with an invented world and faults on demand, until Ctrl-C. For vendors of hospital
 * systems; a tool, and never part of a service: it is refused where production is configured.
 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const refused = whyNoSimulator(process.env);
  if (refused !== undefined) {
    console.error(refused);
    return 2;
  }
  const day = args[0] === '--day' ? (args[1] ?? '') : undefined;
  if (args.length > 0 && (day === undefined || !isDay(day))) {
    console.error(USAGE);
    return 2;
  }
  const simulator = await openSimulator(life, () => (day === undefined ? new Date() : atShanghai(day, '09:00')));
  console.log(`\n模拟世界 world      ${simulator.url}/simulator`);
  console.log(`网关 gateway        POST ${simulator.url}/<infno>`);
  console.log(`五分钟上手 guide    docs/vendors.md；接入自检 npm run conformance -- --url ${simulator.url}`);
  console.log(`\n可直接粘贴 try it (1101):\n${readyCurl(simulator.view())}\n`);
  console.log('Everything is running; Ctrl-C stops it.');
  const ending = await Promise.race([simulator.failed, life.stopped]);
  if (ending === undefined) return 0;
  console.error(ending.message);
  return 1;
}

/** Servers, filing and settlement, the seeded world and the door before it; stopped with the command. */
export async function openSimulator(
  life: CommandLife,
  now: () => Date,
): Promise<Simulator & { readonly failed: Promise<Error> }> {
  const portBase = portBaseFrom(process.env);
  const options = { fresh: true, databaseName: 'yidi_simulator', signal: life.signal };
  const world = await startWorld({ ...options, portBase, ...simulatorWorld(portBase) });
  life.stops.add(() => world.stop());
  const step = startStep('Seeding the simulated world');
  const simulator = await startSimulator(world, now);
  life.stops.add(() => simulator.stop());
  step.done();
  return { ...simulator, failed: world.failed };
}

/** The simulator hands out credentials and moves the clock. */
export const whyNoSimulator = (environment: NodeJS.ProcessEnv): string | undefined =>
  environment['YIDI_MODE'] === 'production'
    ? '正式环境不允许运行模拟器（YIDI_MODE=production）。The simulator is not for production.'
    : undefined;
