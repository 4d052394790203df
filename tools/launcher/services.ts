import { join } from 'node:path';
import { startStep } from '../bootstrap/progress.mjs';
import { takeLock } from '../bootstrap/lock.mjs';
import { LauncherFault } from './faults.js';
import { portsOf, SERVICES, type ServiceName } from './layout.js';
import { causeOf, placesOf, preparePlaces, projectRoot } from './places.js';
import { sweepLeftovers, type OwnProcess } from './processes.js';
import { requireFreePort } from './ports.js';
import { serviceEnvironment, type EnvironmentInput } from './service-environment.js';
import {
  diedFault,
  migrateService,
  residentMegabytes,
  startService,
  type RunningService,
  type ServicePlan,
} from './service-process.js';
import { StopList } from './stop-list.js';
import { Interrupted } from './waiting.js';

export interface ServicesOptions extends EnvironmentInput {
  /** The folder that holds <service>/src/main.js; the built apps unless a test says otherwise. */
  appsFolder?: string;
  /** All five unless said otherwise; what is answered about services holds those that were started. */
  services?: readonly ServiceName[] | undefined;
  signal?: AbortSignal | undefined;
}

export interface Services {
  urls: Record<ServiceName, string>;
  /** Seconds from the start of each process until it answered ready. */
  secondsToReady: Record<ServiceName, number>;
  /** Seconds for all of them together, migrations included. */
  seconds: number;
  /** Resident megabytes of each service now. */
  residentMegabytes(): Promise<Record<ServiceName, number | undefined>>;
  /** Resolves with the fault when a service ends although nobody asked it to. */
  failed: Promise<LauncherFault>;
  /** Starts one of them again after it has ended, and waits until it is ready. */
  startAgain(service: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

/** Migrates and starts the five services, all at once, and waits until every one of them is ready. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const started = performance.now();
  const places = placesOf(options.portBase);
  const stops = new StopList();
  const processes: OwnProcess[] = [];
  const wanted = options.services ?? SERVICES;
  const step = startStep('Starting the services');
  const failure = new AbortController();
  const signal = options.signal === undefined ? failure.signal : AbortSignal.any([options.signal, failure.signal]);
  const plan = (service: ServiceName): ServicePlan => ({
    service,
    environment: serviceEnvironment(service, options),
    places,
    apps: options.appsFolder ?? join(projectRoot, 'dist/apps'),
    signal,
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    await Promise.all(processes.map((child) => child.stop()));
    await stops.stopAll();
  };
  try {
    preparePlaces(places);
    await claimServices(options.portBase, wanted, stops);
    let ready = 0;
    const running = await allOrFirstFault(
      wanted.map(async (service) => {
        await migrateService(plan(service), 'up');
        const one = await startService(plan(service), (child) => processes.push(child));
        step.detail(`${++ready} of ${wanted.length} ready`);
        return [service, one] as const;
      }),
      failure,
    );
    step.done();
    const seconds = (performance.now() - started) / 1000;
    const startAgain = async (service: ServiceName): Promise<void> => {
      await startService(plan(service), (child) => processes.push(child));
    };
    return { ...describe(running), seconds, failed: watch(running, () => stopping), startAgain, stop };
  } catch (error) {
    step.failed();
    await stop();
    throw causeOf(error, places);
  }
}

async function claimServices(portBase: number, wanted: readonly ServiceName[], stops: StopList): Promise<void> {
  const places = placesOf(portBase);
  const lock = takeLock(join(places.state, 'services.lock'));
  if (!lock.taken) throw new LauncherFault('second-copy', { pid: lock.pid, portBase });
  stops.add(() => {
    lock.release();
  });
  await sweepLeftovers(places.processes, SERVICES);
  const ports = portsOf(portBase);
  for (const service of wanted) await requireFreePort(ports[service], `the service ${service}`, portBase);
}

/** Waits for all; the first fault ends the waiting of the others and is the one people see. */
async function allOrFirstFault<T>(work: Promise<T>[], failure: AbortController): Promise<T[]> {
  const faults: unknown[] = [];
  const settled = await Promise.allSettled(
    work.map((one) =>
      one.catch((error: unknown) => {
        faults.push(error);
        failure.abort();
        throw error;
      }),
    ),
  );
  if (faults.length > 0) throw faults.find((fault) => !(fault instanceof Interrupted)) ?? faults[0];
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

type Running = (readonly [ServiceName, RunningService])[];

function describe(running: Running): Pick<Services, 'urls' | 'secondsToReady' | 'residentMegabytes'> {
  const pick = <T>(what: (one: RunningService) => T): Record<ServiceName, T> =>
    Object.fromEntries(running.map(([service, one]) => [service, what(one)])) as Record<ServiceName, T>;
  return {
    urls: pick((one) => one.url),
    secondsToReady: pick((one) => one.secondsToReady),
    residentMegabytes: async () => {
      const measure = async ([
        service,
        {
          process: { pid },
        },
      ]: Running[number]): Promise<[string, number | undefined]> => [
        service,
        pid === undefined ? undefined : await residentMegabytes(pid),
      ];
      return Object.fromEntries(await Promise.all(running.map(measure))) as Record<ServiceName, number | undefined>;
    },
  };
}

function watch(running: Running, isStopping: () => boolean): Promise<LauncherFault> {
  return new Promise((resolve) => {
    for (const [service, one] of running) {
      void one.process.ended.then((ending) => {
        if (!isStopping()) resolve(diedFault(service, ending, one.log));
      });
    }
  });
}
