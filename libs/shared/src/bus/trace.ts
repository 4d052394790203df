import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** 追踪: one correlation id goes with a matter over HTTP and Kafka; causation names the message or call that led here. */
export interface Trace {
  readonly correlationId: string;
  readonly causationId: string | null;
}

const storage = new AsyncLocalStorage<Trace>();

export const newTrace = (correlationId: string = randomUUID(), causationId: string | null = null): Trace => ({
  correlationId,
  causationId,
});

/** The trace of the current call; outside of any call a new one. */
export const currentTrace = (): Trace => storage.getStore() ?? newTrace();

export const traceIfAny = (): Trace | undefined => storage.getStore();

export const runWithTrace = <T>(trace: Trace, work: () => T): T => storage.run(trace, work);
