import { LauncherFault } from './faults.js';
import type { OwnProcess } from './processes.js';
import { until } from './waiting.js';

/** A server that runs as our own process; tests may crash it and start it again on the same data. */
export interface LocalServer {
  pid(): number | undefined;
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  crash(): Promise<void>;
  /** Starts it again (stopping it first if it runs) and waits until it answers. */
  restart(): Promise<void>;
}

export interface LocalServerPlan {
  name: string;
  log: string;
  launch(): OwnProcess;
  /** Undefined when it answers; otherwise why not. */
  probe(): Promise<string | undefined>;
  signal?: AbortSignal | undefined;
}

const READY_SECONDS = 60;

/** Starts the process and waits until it answers; a process that ends first is a fault with its reason. */
export async function startLocalServer(plan: LocalServerPlan): Promise<LocalServer> {
  let child = plan.launch();
  const stop = (): Promise<void> => child.stop();
  const waitUntilReady = async (): Promise<void> => {
    const probe = async (): Promise<string | undefined> =>
      (await plan.probe()) === undefined ? 'ready' : child.ending;
    const timing = { timeoutSeconds: READY_SECONDS, everyMilliseconds: 50, signal: plan.signal };
    const answer = await until(probe, timing);
    if (answer === 'ready' && child.ending === undefined) return;
    const reason = child.ending ?? `no answer for ${READY_SECONDS} seconds`;
    throw new LauncherFault('server-failed', { server: plan.name, log: plan.log, reason });
  };
  try {
    await waitUntilReady();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pid: () => child.pid,
    stop,
    crash: async () => {
      child.kill('SIGKILL');
      await child.ended;
    },
    restart: async () => {
      await stop();
      child = plan.launch();
      await waitUntilReady();
    },
  };
}
