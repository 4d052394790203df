import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { atShanghai, OperatorClock } from '../clock/index.js';
import { ObligationTables } from '../obligations/index.js';
import { testDatabase } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import { DayJobs } from './day-jobs.js';
import type { DayJob } from './day-jobs.js';

describe('day jobs', () => {
  const clock = new OperatorClock();
  let made: TestDatabase;
  let ran: string[];

  const job = (name: string, on: DayJob['on'], trouble?: () => boolean): DayJob => ({
    name,
    articles: ['N57'],
    on,
    run: async (day, tx) => {
      ran.push(`${name} ${day}`);
      await tx.query(
        `insert into obligation (kind, owner, owner_area, subject, article, opened_on, due_on, hard, state)
         values ($1, 'x', '430000', $2::text, 'N57', $2::text::date, $2::text::date, true, 'open')`,
        [name, day],
      );
      if (trouble?.() === true) throw new Error(`${name} broke`);
    },
  });
  const every = (): boolean => true;
  const jobsOf = (...jobs: DayJob[]): DayJobs => {
    const all = new DayJobs(made.database, clock);
    jobs.forEach((one) => {
      all.register(one);
    });
    return all;
  };
  const at = (day: string): void => {
    clock.set(atShanghai(day, '10:00'));
  };
  const effects = async (): Promise<number> =>
    made.database.transaction(async (tx) => (await tx.query<unknown[]>('select 1 from obligation')).length);

  beforeAll(async () => {
    made = await testDatabase('clearing', [ObligationTables]);
  });
  afterAll(() => made.drop());
  beforeEach(async () => {
    ran = [];
    await made.database.transaction((tx) => tx.query('delete from day_job'));
    await made.database.transaction((tx) => tx.query('delete from obligation'));
    at('2026-04-20');
  });

  it('[N57] a job that never ran begins today and runs once a day, however often it is asked', async () => {
    const jobs = jobsOf(job('daily', every));
    await Promise.all([jobs.catchUp(), jobs.catchUp(), jobs.catchUp()]);
    await jobs.catchUp();
    expect(ran).toEqual(['daily 2026-04-20']);
  });

  it('[N57] days that were missed are caught up in order, all jobs of a day before the next day', async () => {
    const jobs = jobsOf(
      job('a', every),
      job('b', (day) => day.endsWith('2')),
    );
    await jobs.catchUp();
    at('2026-04-23');
    await jobs.catchUp();
    expect(ran).toEqual(['a 2026-04-20', 'a 2026-04-21', 'a 2026-04-22', 'b 2026-04-22', 'a 2026-04-23']);
  });

  it('[N57] a job for the latest day runs once for the day that was reached', async () => {
    const jobs = jobsOf(job('latest', 'latest'));
    await jobs.catchUp();
    at('2026-04-25');
    await jobs.catchUp();
    expect(ran).toEqual(['latest 2026-04-20', 'latest 2026-04-25']);
  });

  it('[N57] another process does not run the day again', async () => {
    await jobsOf(job('daily', every)).catchUp();
    await jobsOf(job('daily', every)).catchUp();
    expect(ran).toEqual(['daily 2026-04-20']);
  });

  it('[N57] two replicas at once: every day is done once, whoever comes second waits and finds it done', async () => {
    const slowly = (name: string, on: DayJob['on']): DayJob => {
      const quick = job(name, on);
      return { ...quick, run: async (day, tx) => (await tx.query('select pg_sleep(0.05)'), quick.run(day, tx)) };
    };
    const replica = (): DayJobs => jobsOf(slowly('daily', every), slowly('latest', 'latest'));
    const [one, two] = [replica(), replica()];
    await Promise.all([one.catchUp(), two.catchUp()]);
    at('2026-04-22');
    await Promise.all([one.catchUp(), two.catchUp(), replica().catchUp()]);
    const days = ['daily 2026-04-20', 'latest 2026-04-20', 'daily 2026-04-21', 'daily 2026-04-22', 'latest 2026-04-22'];
    expect([ran, await effects()]).toEqual([days, days.length]);
    at('2026-03-01');
    await Promise.all([one.catchUp(), two.catchUp()]);
    expect(ran.slice(days.length)).toEqual(['daily 2026-03-01', 'latest 2026-03-01']);
  });

  it('[N57] a job that breaks leaves nothing behind, is said, and runs again from the day that broke', async () => {
    let broken = false;
    const jobs = jobsOf(job('weak', every, () => broken));
    await jobs.catchUp();
    broken = true;
    at('2026-04-21');
    await expect(jobs.catchUp()).rejects.toThrow('weak broke');
    expect([jobs.state(), await effects()]).toEqual(['weak broke', 1]);
    broken = false;
    at('2026-04-22');
    await jobs.catchUp();
    expect([jobs.state(), await effects()]).toEqual([undefined, 3]);
    expect(ran.slice(1)).toEqual(['weak 2026-04-21', 'weak 2026-04-21', 'weak 2026-04-22']);
  });

  it('[N57] a clock that is set back begins again at its new day', async () => {
    const jobs = jobsOf(job('daily', every));
    await jobs.catchUp();
    at('2026-03-01');
    await jobs.catchUp();
    at('2026-03-02');
    await jobs.catchUp();
    expect(ran).toEqual(['daily 2026-04-20', 'daily 2026-03-01', 'daily 2026-03-02']);
  });

  it('[N57] two jobs of one name are a mistake', () => {
    expect(() => jobsOf(job('a', every), job('a', every))).toThrow('two jobs are called a');
  });
});
