import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';

/** In the first seconds a coordinator answers "loading" and leaders are unknown: that is waited out, not shown. */
export async function persistently<T>(work: () => Promise<T>, tries = 10): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !(error instanceof kafkajs.KafkaJSError)) throw error;
      await sleep(200 * attempt);
    }
  }
}

/** Waits for work, but no longer than so: a connection that is half open may never end. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(milliseconds, undefined, { ref: false })]);
}

const silentWarnings = new Set(['TimeoutNegativeWarning']);
let dropping = false;

/** kafkajs computes a negative pause on newer Node; harmless, and nobody can act on it. Only this warning is dropped. */
export function dropKnownWarnings(): void {
  if (dropping) return;
  dropping = true;
  const original = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const name = warning instanceof Error ? warning.name : typeof rest[0] === 'string' ? rest[0] : '';
    if (silentWarnings.has(name)) return;
    Reflect.apply(original, process, [warning, ...rest]);
  };
}
