/**
 * What tells this process from a later one with the same number; undefined when no such process is alive.
 */
export function identityOf(pid: number): string | undefined;

export type Lock = { taken: true; release(): void } | { taken: false; pid: number };

/** Takes the lock file, or names the living process that holds it; a dead process' lock is taken over. */
export function takeLock(path: string): Lock;
