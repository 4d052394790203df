import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '../bootstrap/lock.mjs';
import { until } from './waiting.js';

export interface ProcessPlan {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  /** Truncate the log first; otherwise it grows. */
  freshLog?: boolean;
  /** The folder with one record per living child, so that the next start can end what a crash left behind. */
  records: string;
  user?: { uid: number; gid: number } | undefined;
  /** How this program wants to be asked to stop. */
  stopSignal?: NodeJS.Signals;
  graceSeconds?: number;
}

interface ProcessRecord {
  name: string;
  pid: number;
  identity: string | undefined;
  stopSignal: NodeJS.Signals;
}

const living = new Set<OwnProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** A child of this launcher in a process group of its own, so that Ctrl-C reaches the launcher alone. */
export class OwnProcess {
  readonly ended: Promise<string>;
  /** How it ended, once it has. */
  ending: string | undefined;
  private readonly record: string;

  private constructor(
    private readonly child: ChildProcess,
    private readonly plan: ProcessPlan,
  ) {
    this.record = join(plan.records, `${plan.name}.json`);
    living.add(this);
    this.ended = new Promise((resolve) => {
      const end = (ending: string): void => {
        this.ending ??= ending;
        living.delete(this);
        rmSync(this.record, { force: true });
        resolve(this.ending);
      };
      child.once('error', (error) => {
        end(error.message);
      });
      child.once('exit', (code, signal) => {
        end(signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`);
      });
    });
  }

  static start(plan: ProcessPlan): OwnProcess {
    const log = openSync(plan.logFile, plan.freshLog === true ? 'w' : 'a');
    try {
      const child = spawn(plan.command, [...plan.args], {
        stdio: ['ignore', log, log],
        detached: true,
        ...(plan.env === undefined ? {} : { env: plan.env }),
        ...(plan.cwd === undefined ? {} : { cwd: plan.cwd }),
        ...(plan.user ?? {}),
      });
      const own = new OwnProcess(child, plan);
      own.writeRecord();
      return own;
    } finally {
      closeSync(log);
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.ending === undefined) this.child.kill(signal);
  }

  /** Asks it to stop, and ends it when it does not within its grace. */
  async stop(): Promise<void> {
    this.kill(this.plan.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(
      () => {
        this.kill('SIGKILL');
      },
      (this.plan.graceSeconds ?? 10) * 1000,
    );
    await this.ended;
    clearTimeout(timer);
  }

  /** A child without a record could outlive a crash unnoticed, so it does not live without one. */
  private writeRecord(): void {
    const pid = this.child.pid;
    if (pid === undefined) return;
    const { name, stopSignal = 'SIGTERM' } = this.plan;
    const record: ProcessRecord = { name, pid, identity: identityOf(pid), stopSignal };
    try {
      writeFileSync(this.record, JSON.stringify(record));
    } catch (error) {
      this.kill('SIGKILL');
      throw error;
    }
  }
}

/** Ends what a killed launcher of this folder and port base left running; other processes are never touched. */
export async function sweepLeftovers(records: string, names: readonly string[]): Promise<void> {
  const files = readdirSync(records).filter((file) => names.includes(file.replace(/\.json$/, '')));
  await Promise.all(
    files.map(async (file) => {
      const record = readRecord(join(records, file));
      if (record !== undefined) await endLeftover(record);
      rmSync(join(records, file), { force: true });
    }),
  );
}

export async function endLeftover(record: Omit<ProcessRecord, 'name'>): Promise<void> {
  const alive = (): boolean => record.identity !== undefined && identityOf(record.pid) === record.identity;
  const gone = (): Promise<true | undefined> => Promise.resolve(alive() ? undefined : true);
  if (!alive()) return;
  process.kill(record.pid, record.stopSignal);
  if ((await until(gone, { timeoutSeconds: 10, everyMilliseconds: 50 })) === true) return;
  process.kill(record.pid, 'SIGKILL');
  await until(gone, { timeoutSeconds: 10, everyMilliseconds: 50 });
}

function readRecord(path: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}
