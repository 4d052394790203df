import './pg-types.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { EntitySchema } from 'typeorm';
import { isRefusal } from '../errors/index.js';
import { isRepeatable } from './database-errors.js';
import type { Transaction } from './transaction.js';

/** 数据范围: whose rows a caller may see, as a prefix of area codes; `*` is the nation, or the system itself. */
export interface AreaScope {
  readonly prefix: string;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly applicationName: string;
  readonly entities?: readonly (string | (new (...args: never[]) => object) | EntitySchema)[];
  readonly poolSize?: number;
}

/** The server is set up so that an acknowledged commit could be lost; money must not be kept there. */
export class UnsafeServerError extends Error {}

const attempts = 5;

/**
 * A service's way into its schema. Two pools: the system's own work sees every row; agencies' reads go through a pool that
 * has no scope of its own, so that a query which forgot to say for whom it asks sees nothing.
 */
export class Database {
  private constructor(
    readonly source: DataSource,
    private readonly agencySource: DataSource,
  ) {}

  static async connect(options: DatabaseOptions): Promise<Database> {
    const common = {
      type: 'postgres' as const,
      url: options.url,
      schema: options.schema,
      entities: [...(options.entities ?? [])] as (string | EntitySchema)[],
      synchronize: false,
      logging: false as const,
    };
    const extra = {
      application_name: options.applicationName,
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 30_000,
    };
    const source = new DataSource({
      ...common,
      extra: { ...extra, max: options.poolSize ?? 8, options: '-c yidi.scope=*' },
    });
    const agencySource = new DataSource({ ...common, extra: { ...extra, max: options.poolSize ?? 4 } });
    await source.initialize();
    await agencySource.initialize();
    const database = new Database(source, agencySource);
    await refuseUnsafeServer(database);
    return database;
  }

  /**
   * The system's own work: gateway, consumers, jobs. Sees every row. Runs again when two were in each other's way.
   * When the outcome is a refusal, nothing that was written on the way to it stays.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return withRetry(() => unlessRefused(this.source, work));
  }

  /** Work on behalf of an agency: row-level security shows and accepts only the rows of its areas. */
  asScope<T>(scope: AreaScope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return withRetry(() =>
      unlessRefused(this.agencySource, async (tx) => {
        await tx.query(`select set_config('yidi.scope', $1, true)`, [scope.prefix]);
        return work(tx);
      }),
    );
  }

  async isHealthy(): Promise<boolean> {
    try {
      await this.source.query('select 1');
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.source.destroy(), this.agencySource.destroy()]);
  }
}

/** Carries a refusal out of the transaction, which rolls it back on the way. */
class RolledBack extends Error {
  constructor(readonly outcome: unknown) {
    super('refused');
  }
}

async function unlessRefused<T>(source: DataSource, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await source.transaction(async (tx) => {
      const outcome = await work(tx);
      if (isRefusal(outcome)) throw new RolledBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome as T;
    throw error;
  }
}

async function withRetry<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || !isRepeatable(error)) throw error;
      await sleep(5 * 2 ** attempt);
    }
  }
}

async function refuseUnsafeServer(database: Database): Promise<void> {
  const settings = await database.source.query<{ name: string; setting: string }[]>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
  );
  const unsafe = settings.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  if (unsafe.length > 0) {
    await database.close();
    throw new UnsafeServerError(
      `PostgreSQL runs with ${unsafe.join(', ')} off: acknowledged money could be lost. Switch it on.`,
    );
  }
}
