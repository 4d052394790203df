import './pg-types.js';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  readonly ownerUrl: string;
  readonly schema: string;
  readonly migrations: readonly MigrationClass[];
  readonly direction: 'up' | 'down';
}

const advisoryLock = 7_000_433;

/** Brings a schema up to date, or takes it down to nothing; two at once take turns. Answers the names of what was run. */
export async function migrate({ ownerUrl, schema, migrations, direction }: MigrateOptions): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    schema,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: { max: 2, options: '-c yidi.scope=*' },
  });
  await source.initialize();
  const guard = source.createQueryRunner();
  try {
    await guard.query(`select pg_advisory_lock($1, hashtext($2))`, [advisoryLock, schema]);
    if (direction === 'up') return (await source.runMigrations()).map(({ name }) => name);
    const undone: string[] = [];
    for (let left = await executed(source); left.length > 0; left = await executed(source)) {
      await source.undoLastMigration();
      undone.push(left.at(-1) ?? '');
    }
    return undone;
  } finally {
    await guard.release();
    await source.destroy();
  }
}

async function executed(source: DataSource): Promise<string[]> {
  const found = await source.query<{ name: string }[]>('select name from migration order by id');
  return found.map(({ name }) => name);
}
