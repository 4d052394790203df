import { SqlMigration } from '#shared/database';

/** Row-level security binds the owner too. */
const everyRow = `select set_config('yidi.scope', '*', true)`;

/** 就诊生命周期: registered and admitted are told apart, visits keep what the hospital wrote, and undoing leaves a trace. */
export class VisitLifecycle extends SqlMigration {
  readonly name = 'VisitLifecycle1764150000002';
  readonly statements = {
    up: [
      everyRow,
      `update visit set status = case setting when 'inpatient' then 'admitted' else 'registered' end where status = 'open'`,
      `alter table visit add column details jsonb not null default '{}'`,
      `alter table visit add constraint visit_status_check
         check (status in ('registered', 'admitted', 'discharged', 'settled', 'cancelled'))`,
      `alter table visit add constraint visit_discharge_check check (discharged_on is null or discharged_on >= admitted_on)`,
      `create index visit_in_hospital on visit (person_no) where status = 'admitted'`,
      `alter table fee_line add column reverses_line text, add column msgid text, add column details jsonb`,
      `create table reversed_settlement (
        settlement_id text primary key references settlement,
        reversal_msgid text not null,
        reversed_at timestamptz not null
      )`,
      `create table visit_undo (
        undo_id bigint generated always as identity primary key,
        visit_id text not null references visit,
        treatment_area text not null,
        undone_by text not null,
        reason text not null,
        steps jsonb not null,
        undone_at timestamptz not null
      )`,
    ],
    down: [
      everyRow,
      `drop table visit_undo, reversed_settlement`,
      `alter table fee_line drop column reverses_line, drop column msgid, drop column details`,
      `drop index visit_in_hospital`,
      `alter table visit drop constraint visit_discharge_check, drop constraint visit_status_check, drop column details`,
      `update visit set status = 'open' where status in ('registered', 'admitted')`,
    ],
  };
}
