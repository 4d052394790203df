import { SqlMigration } from '#shared/database';

/** 人员编号变更 (P5.2 H83): which number goes on where two numbers of one person were merged. */
export class PersonAliases extends SqlMigration {
  readonly name = 'PersonAliases1764150000302';
  readonly statements = {
    up: [
      `create table person_alias (
        person_no text primary key,
        living_no text not null,
        merged_at timestamptz not null,
        check (person_no <> living_no)
      )`,
      `create index person_alias_living on person_alias (living_no)`,
      `alter table account_entry drop constraint account_entry_kind_check`,
      `alter table account_entry add constraint account_entry_kind_check check (kind in ('credit', 'charge', 'refund', 'merge'))`,
      `insert into person_alias (person_no, living_no, merged_at)
         select person_no, merged_into, now() from insured_person where merged_into is not null and merged_into <> person_no`,
    ],
    down: [
      `alter table account_entry drop constraint account_entry_kind_check`,
      `alter table account_entry add constraint account_entry_kind_check check (kind in ('credit', 'charge', 'refund')) not valid`,
      `drop table person_alias`,
    ],
  };
}
