import { constants } from 'node:os';
import { LauncherFault } from './faults.js';
import { StopList } from './stop-list.js';

/** What a command may use: it ends early when `signal` fires, and what it adds to `stops` is stopped at its end. */
export interface CommandLife {
  signal: AbortSignal;
  stops: StopList;
  /** Resolves when Ctrl-C or a termination has been asked for. */
  stopped: Promise<void>;
}

/** Every command module exports this; the number is the exit code. */
export type Command = (args: readonly string[], life: CommandLife) => Promise<number>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command to its end and answers the exit code: everything it started is stopped on success, error, Ctrl-C
 * and when the process that started us has died. A repeated signal changes nothing, since every stop has its limit.
 */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  const controller = new AbortController();
  const stops = new StopList();
  let exitCode: number | undefined;
  const stopped = new Promise<void>((resolve) => {
    const stop = (code: number): void => {
      exitCode ??= code;
      controller.abort();
      resolve();
    };
    for (const name of SIGNALS) {
      process.on(name, () => {
        stop(128 + constants.signals[name]);
      });
    }
    process.once('disconnect', () => {
      stop(1);
    });
  });
  let code: number;
  try {
    code = await command(args, { signal: controller.signal, stops, stopped });
  } catch (error) {
    // What breaks because everything is being stopped is no news.
    code = controller.signal.aborted ? 1 : report(error);
  }
  try {
    await stops.stopAll();
  } catch (error) {
    code = report(error);
  }
  return exitCode ?? code;
}

/** People get one sentence; only what nobody foresaw shows where it happened. */
function report(error: unknown): number {
  console.error(error instanceof LauncherFault ? error.message : error);
  return 1;
}
