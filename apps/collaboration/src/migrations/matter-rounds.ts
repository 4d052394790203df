import { SqlMigration } from '#shared/database';

/** A disputed answer begins a new round, with obligations of its own. */
export class MatterRounds extends SqlMigration {
  readonly name = 'MatterRounds1700000005002';
  readonly statements = {
    up: [`alter table matter add column round int not null default 1`],
    down: [`alter table matter drop column round`],
  };
}
