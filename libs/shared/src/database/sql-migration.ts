import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that is two lists of SQL statements. Subclasses give a name ending in a 13-digit timestamp, as TypeORM sorts by it. */
export abstract class SqlMigration implements MigrationInterface {
  abstract readonly name: string;
  abstract readonly statements: { readonly up: readonly string[]; readonly down: readonly string[] };

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements.up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements.down) await runner.query(statement);
  }
}
