import { rowLevelSecurity, SqlMigration } from '../database/index.js';

/** 办理义务 and the progress of the day's jobs; every service has them. */
export class ObligationTables extends SqlMigration {
  readonly name = 'ObligationTables1700000000002';
  readonly statements = {
    up: [
      `create table obligation (
        id bigint generated always as identity primary key,
        kind text not null,
        owner text not null,
        owner_area text not null,
        beneficiary text,
        subject text not null,
        article text not null,
        opened_on date not null,
        due_on date not null,
        met_on date,
        hard boolean not null,
        state text not null check (state in ('open', 'met', 'overdue', 'withdrawn')),
        version int not null default 1,
        unique (kind, owner, subject),
        check ((state = 'met') = (met_on is not null))
      )`,
      `create index obligation_open on obligation (due_on) where state = 'open'`,
      ...rowLevelSecurity('obligation', ['owner_area']),
      `create table day_job (job text primary key, done_through date not null)`,
    ],
    down: [`drop table day_job`, `drop table obligation`],
  };
}
