import { addDays } from '../clock/index.js';
import type { Clock, Day } from '../clock/index.js';
import { one } from '../database/index.js';
import type { Database, Transaction } from '../database/index.js';

/** 日终任务: what a date alone brings about. Must be safe to run again for a day. */
export interface DayJob {
  readonly name: string;
  readonly articles: readonly string[];
  /** Days on which there is nothing to do are passed over; `latest` runs once for the last day of a catch-up. */
  readonly on: ((day: Day) => boolean) | 'latest';
  run(day: Day, tx: Transaction): Promise<void>;
}

/**
 * Runs every job once per day, in the order of days; effect and mark in one transaction. Where several replicas of a service run,
 * the row of the job is the turnstile: one does the day, the others wait for it and find it done.
 */
export class DayJobs {
  private readonly jobs: DayJob[] = [];
  private running: Promise<void> = Promise.resolve();
  private trouble: string | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  register(job: DayJob): void {
    if (this.jobs.some(({ name }) => name === job.name)) throw new Error(`two jobs are called ${job.name}`);
    this.jobs.push(job);
  }

  /** Catches up with the clock; calls wait for each other. Throws what a job threw, and tries again next time. */
  catchUp(): Promise<void> {
    this.running = this.running.catch(() => undefined).then(() => this.runThrough(this.clock.today()));
    return this.running;
  }

  /** Why the last catch-up failed, or undefined. */
  state(): string | undefined {
    return this.trouble;
  }

  private async runThrough(today: Day): Promise<void> {
    try {
      const from = new Map<DayJob, Day>();
      for (const job of this.jobs) from.set(job, await this.firstOpenDay(job, today));
      const first = [...from.values()].sort()[0] ?? today;
      for (let day = first; day <= today; day = addDays(day, 1)) {
        for (const job of this.jobs) if ((from.get(job) ?? day) <= day) await this.runOne(job, day, today);
      }
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : 'unknown';
      throw error;
    }
  }

  /** A job that never ran begins today. A clock that was set back begins again at its new day. */
  private async firstOpenDay(job: DayJob, today: Day): Promise<Day> {
    const done = await this.database.transaction((tx) =>
      one<{ done_through: Day }>(tx, 'select done_through from day_job where job = $1', [job.name]),
    );
    const next = done === undefined ? today : addDays(done.done_through, 1);
    return next > addDays(today, 1) ? today : next;
  }

  private async runOne(job: DayJob, day: Day, today: Day): Promise<void> {
    const wanted = job.on === 'latest' ? day === today : job.on(day);
    if (!wanted && day !== today) return;
    await this.database.transaction(async (tx) => {
      const doneThrough = await this.lock(tx, job, day);
      const isDone = doneThrough >= day && doneThrough <= today;
      if (isDone) return;
      if (wanted) await job.run(day, tx);
      await tx.query('update day_job set done_through = $2 where job = $1', [job.name, day]);
    });
  }

  /** Takes the row of the job until the transaction ends, and says how far it was done by then. */
  private async lock(tx: Transaction, job: DayJob, day: Day): Promise<Day> {
    const notYet = addDays(day, -1);
    await tx.query('insert into day_job (job, done_through) values ($1, $2) on conflict do nothing', [
      job.name,
      notYet,
    ]);
    const row = await one<{ done_through: Day }>(tx, 'select done_through from day_job where job = $1 for update', [
      job.name,
    ]);
    return row?.done_through ?? notYet;
  }
}
