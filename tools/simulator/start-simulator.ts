import { randomBytes } from 'node:crypto';
import { OneAtATime } from '#shared/bus';
import { portsOf } from '../launcher/layout.js';
import type { World } from '../launcher/world.js';
import { Doors } from '../demo/doors.js';
import { clerk } from '../demo/people.js';
import { fileAtCounter, seedSimulator } from './seed-simulator.js';
import type { Category } from './seed-simulator.js';
import { silentHome } from './people.js';
import { shellLines } from './shell-lines.js';
import { filingPath, silentHomePath, SimulatorServer } from './simulator-server.js';
import { worldView } from './world-view.js';
import type { WorldView } from './world-view.js';

/** The services that a hospital's call needs; the others hear nothing of it here. */
export const simulatedServices = ['filing', 'settlement'] as const;

export const simulatorUrl = (portBase: number): string => `http://127.0.0.1:${portsOf(portBase).simulator}`;

/**
 * How the world of a simulator must be started: settlement asks filing through the simulator, and takes the home side of one
 * area for another deployment, which the simulator never lets answer.
 */
export const simulatorWorld = (portBase: number) => {
  const url = simulatorUrl(portBase);
  const silent = {
    name: 'silent-home',
    areas: [silentHome],
    url: url + silentHomePath,
    key: randomBytes(32).toString('hex'),
  };
  return {
    services: simulatedServices,
    settlementEnvironment: {
      FILING_URL: url + filingPath,
      YIDI_DEPLOYMENT: 'simulator',
      YIDI_COUNTERPARTS: JSON.stringify([silent]),
    },
  };
};

export interface Simulator {
  readonly url: string;
  readonly doors: Doors;
  view(): WorldView;
  stop(): Promise<void>;
}

/** Seeds a running world and opens the simulator's door before it. */
export async function startSimulator(
  { urls, tokens, portBase }: Pick<World, 'urls' | 'tokens' | 'portBase'>,
  now: () => Date,
): Promise<Simulator> {
  const { filing, settlement } = urls;
  const doors = new Doors({ urls, mint: (who) => tokens.mint(who) });
  await seedSimulator(doors, now);
  const url = simulatorUrl(portBase);
  const credentialOf = (code: string) => doors.credentialOf(code);
  const filings = new OneAtATime();
  const view = (standing?: Parameters<typeof worldView>[0]['standing']): WorldView =>
    worldView({ url, credentialOf, now: doors.now(), standing });
  const server = await SimulatorServer.start({
    ...{ port: portsOf(portBase).simulator, settlementUrl: settlement, filingUrl: filing, view },
    shell: () => shellLines(view()),
    withoutFilingOf: (personNo, work) => filings.run(() => withoutFilingOf(doors, personNo, work)),
  });
  return { url, doors, view: () => view(), stop: () => server.stop() };
}

interface StandingFiling {
  readonly filingNo: string;
  readonly category: Category;
  readonly destination: string;
  readonly homeArea: string;
}

/** The home area cancels the person's filings, and files anew when the work is done; calls that want it take turns. */
async function withoutFilingOf<T>(doors: Doors, personNo: string, work: () => Promise<T>): Promise<T> {
  const nation = clerk('000000');
  const path = `/filings?personNo=${personNo}&status=effective`;
  const standing = await doors.call<StandingFiling[]>(nation, 'filing', 'GET', path);
  for (const { filingNo, homeArea } of standing) {
    const reason = { reason: '模拟器：备案失效' };
    await doors.call(clerk(homeArea), 'filing', 'POST', `/filings/${filingNo}/cancellation`, reason);
  }
  await doors.untilQuiet();
  try {
    return await work();
  } finally {
    for (const { category, destination, homeArea } of standing)
      await fileAtCounter(doors, { personNo, home: homeArea }, category, destination);
    await doors.untilQuiet();
  }
}
