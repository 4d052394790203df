import { rowLevelSecurity, SqlMigration } from '#shared/database';

export class MattersAndBoard extends SqlMigration {
  readonly name = 'MattersAndBoard1700000005001';
  readonly statements = {
    up: [
      `create sequence matter_number`,
      `create table matter (
        matter_no text primary key,
        type text not null check (type in ('filing', 'system-failure', 'other')),
        cause text not null check (cause in ('agency', 'warning', 'reconciliation')),
        reference text unique,
        subject text not null,
        details text not null,
        asker text not null,
        responsible text not null,
        state text not null,
        opened_on date not null,
        due_on date not null,
        answered_on date,
        answer text,
        confirm_by date,
        closed_on date,
        reason text,
        version int not null default 1
      )`,
      `create table matter_event (
        id bigint generated always as identity primary key,
        matter_no text not null references matter,
        event text not null,
        to_state text not null,
        happened_on date not null,
        actor text not null,
        words text
      )`,
      `create table board_obligation (
        obligation_id text primary key,
        service text not null,
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
        state text not null,
        version int not null
      )`,
      `create index board_obligation_due on board_obligation (due_on)`,
      ...rowLevelSecurity('matter', ['asker', 'responsible']),
      ...rowLevelSecurity('board_obligation', ['owner_area', 'owner']),
    ],
    down: [`drop table board_obligation, matter_event, matter`, `drop sequence matter_number`],
  };
}
