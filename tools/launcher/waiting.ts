import { setTimeout as sleepFor } from 'node:timers/promises';

/** Thrown out of a wait when Ctrl-C or a stop has been asked for. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Interrupted('Stopped before it was done.');
}

export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  throwIfStopped(signal);
  try {
    await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throwIfStopped(signal);
    throw error;
  }
}

/** Tries until the probe answers something; undefined when the time is over. */
export async function until<T>(
  probe: () => Promise<T | undefined>,
  options: { timeoutSeconds: number; everyMilliseconds: number; signal?: AbortSignal | undefined },
): Promise<T | undefined> {
  const deadline = performance.now() + options.timeoutSeconds * 1000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > deadline) return undefined;
    await sleep(options.everyMilliseconds, options.signal);
  }
}
