/** 性能测量: one row of a bench. A speed is told as a ratio to something simple that was measured beside it in the same run. */
export interface Measurement {
  readonly what: string;
  readonly perSecond: number;
  /** What it is compared with, if anything, and how many times slower or faster. */
  readonly comparedWith?: string;
  readonly ratio?: number;
  readonly note?: string;
}

/** bench/<name>.bench.ts exports one of these as `bench`. */
export interface Bench {
  readonly name: string;
  /** Whether it needs the servers; then it gets their addresses. */
  readonly servers: boolean;
  run(servers: BenchServers | undefined): Promise<Measurement[]>;
}

export interface BenchServers {
  readonly databaseUrl: string;
  readonly kafkaBrokers: string;
  readonly signal: AbortSignal;
}

/** Runs pieces of work in turns, several rounds, and answers how many of each were done per second in their best round. */
export function interleaved(
  pieces: Readonly<Record<string, (count: number) => void>>,
  count: number,
  rounds = 5,
): Record<string, number> {
  const best: Record<string, number> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(pieces)) {
      const begun = performance.now();
      work(count);
      const perSecond = count / ((performance.now() - begun) / 1000);
      best[name] = Math.max(best[name] ?? 0, perSecond);
    }
  }
  return best;
}
