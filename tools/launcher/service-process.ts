import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import type { ServiceEnvironment, ServiceName } from './layout.js';
import { lastMessages } from './log-tail.js';
import type { Places } from './places.js';
import { OwnProcess } from './processes.js';
import { until } from './waiting.js';

export interface ServicePlan {
  service: ServiceName;
  environment: ServiceEnvironment;
  places: Places;
  /** The folder that holds <service>/src/main.js. */
  apps: string;
  signal?: AbortSignal | undefined;
}

export interface RunningService {
  process: OwnProcess;
  url: string;
  log: string;
  /** From the start of the process until it answered ready. */
  secondsToReady: number;
}

const READY_SECONDS = 60;
/** A young generation of 8 MB instead of 16 spares each service some 70 MB. */
const NODE_FLAGS = ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', '--max-semi-space-size=8'];

/** Brings a service's schema up or down with its own migrate command; false when it has none. */
export async function migrateService(plan: ServicePlan, direction: 'up' | 'down'): Promise<boolean> {
  const program = join(plan.apps, plan.service, 'src/migrate.js');
  if (!existsSync(program)) return false;
  const logFile = join(plan.places.logs, `${plan.service}-migrate.log`);
  const { code } = await runExternal(process.execPath, [...NODE_FLAGS, program, direction], {
    env: environmentOf(plan),
    cwd: plan.places.root,
    logFile,
    signal: plan.signal,
  });
  if (code === 0) return true;
  throw new LauncherFault('migration-failed', { service: plan.service, lines: lastMessages(logFile) });
}

/** Starts a service and waits until it says that it is ready. When it ends or stays unready, that is a fault. */
export async function startService(
  plan: ServicePlan,
  onStarted: (process: OwnProcess) => void,
): Promise<RunningService> {
  const program = join(plan.apps, plan.service, 'src/main.js');
  if (!existsSync(program)) throw new LauncherFault('not-built', { service: plan.service });
  const log = join(plan.places.logs, `${plan.service}.log`);
  const url = `http://127.0.0.1:${plan.environment.PORT}`;
  const started = performance.now();
  const child = OwnProcess.start({
    name: plan.service,
    command: process.execPath,
    args: [...NODE_FLAGS, program],
    env: environmentOf(plan),
    cwd: plan.places.root,
    logFile: log,
    freshLog: true,
    records: plan.places.processes,
  });
  onStarted(child);
  const probe = async (): Promise<string | undefined> => ((await isReady(url)) ? 'ready' : child.ending);
  const timing = { timeoutSeconds: READY_SECONDS, everyMilliseconds: 100, signal: plan.signal };
  const answer = await until(probe, timing);
  if (answer === undefined) {
    throw new LauncherFault('service-not-ready', { service: plan.service, seconds: READY_SECONDS, log });
  }
  if (child.ending !== undefined) throw diedFault(plan.service, child.ending, log);
  return { process: child, url, log, secondsToReady: (performance.now() - started) / 1000 };
}

export function diedFault(service: ServiceName, ending: string, log: string): LauncherFault {
  return new LauncherFault('service-died', { service, ending, lines: lastMessages(log) });
}

/** The resident memory of a process in megabytes; undefined where it cannot be known. */
export async function residentMegabytes(pid: number): Promise<number | undefined> {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }
  const { code, output } = await runExternal('ps', ['-o', 'rss=', '-p', String(pid)], { timeoutSeconds: 5 });
  return code === 0 ? Number(output.trim()) / 1024 : undefined;
}

/** The compile cache spares the second and every later start most of the work of reading modules. */
function environmentOf(plan: ServicePlan): NodeJS.ProcessEnv {
  const cache = join(plan.places.root, '.yidi', 'compile-cache');
  return { ...process.env, NODE_COMPILE_CACHE: cache, ...plan.environment };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
