import { SqlMigration } from '#shared/database';

/** 参保地账的依据: the home side keeps what it was asked, in the order in which it granted, so that a year can be replayed. */
export class HomeBillFacts extends SqlMigration {
  readonly name = 'HomeBillFacts1764141000000';
  readonly statements = {
    up: [
      `alter table home_settlement add column facts jsonb`,
      `alter table home_settlement add column position bigint generated always as identity`,
      `create index home_settlement_person on home_settlement (person_no, scheme, position)`,
    ],
    down: [
      `drop index home_settlement_person`,
      `alter table home_settlement drop column position`,
      `alter table home_settlement drop column facts`,
    ],
  };
}
