import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** 自费账单 (N61 H59): bills of patients who paid all of it; complete ones are kept for ever as they are. */
export class SelfPayBills extends SqlMigration {
  readonly name = 'SelfPayBills1764150000004';
  readonly statements = {
    up: [
      `create sequence self_pay_bill_number`,
      `create table self_pay_bill (
        bill_id text primary key,
        institution_code text not null references institution,
        treatment_area text not null,
        hospital_visit_no text not null,
        setting text not null check (setting in ('inpatient', 'outpatient')),
        med_type text,
        certificate_type text,
        identity_hash text,
        identity_encrypted bytea,
        name text,
        admitted_on date,
        discharged_on date,
        stated_total_fen bigint,
        details jsonb not null default '{}',
        diagnoses jsonb not null default '[]',
        opened_at timestamptz not null,
        completed_at timestamptz,
        unique (institution_code, hospital_visit_no),
        check (completed_at is null or (identity_hash is not null and name is not null and admitted_on is not null
          and med_type is not null)),
        check (discharged_on is null or discharged_on >= admitted_on)
      )`,
      `create index self_pay_bill_identity on self_pay_bill (identity_hash)`,
      `create table self_pay_line (
        bill_id text not null references self_pay_bill on delete cascade,
        line_no text not null,
        item_code text not null,
        category text not null,
        class text not null,
        first_pay_ratio text not null,
        price_limit_fen bigint,
        price text not null,
        quantity text not null,
        occurred_at timestamptz not null,
        position int not null,
        total_fen bigint not null,
        own_expense_fen bigint not null,
        over_limit_fen bigint not null,
        first_pay_fen bigint not null,
        in_scope_fen bigint not null,
        in_catalogue boolean not null,
        details jsonb not null default '{}',
        primary key (bill_id, line_no),
        check (total_fen = own_expense_fen + over_limit_fen + first_pay_fen + in_scope_fen),
        check (in_catalogue or own_expense_fen = total_fen)
      )`,
      `create function self_pay_bill_stays() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from self_pay_bill where bill_id = coalesce(new.bill_id, old.bill_id) and completed_at is not null) then
          raise exception 'a complete self-pay bill is never changed: %', coalesce(new.bill_id, old.bill_id)
            using errcode = 'check_violation';
        end if;
        return coalesce(new, old);
      end $$`,
      `create trigger self_pay_line_stays before insert or update or delete on self_pay_line
         for each row execute function self_pay_bill_stays()`,
      `create function self_pay_bill_closes() returns trigger language plpgsql as $$
      begin
        if new.completed_at is not null and new.stated_total_fen is not null and
           (select coalesce(sum(total_fen), 0) from self_pay_line where bill_id = new.bill_id) <> new.stated_total_fen then
          raise exception 'the lines of self-pay bill % do not add up', new.bill_id using errcode = 'check_violation';
        end if;
        return null;
      end $$`,
      `create constraint trigger self_pay_bill_closes after insert or update on self_pay_bill
         deferrable initially deferred for each row execute function self_pay_bill_closes()`,
      `create trigger self_pay_bill_stays before update on self_pay_bill
         for each row when (old.completed_at is not null) execute function self_pay_bill_stays()`,
      ...rowLevelSecurity('self_pay_bill', ['treatment_area']),
    ],
    down: [
      `drop table self_pay_line, self_pay_bill`,
      `drop function self_pay_bill_closes`,
      `drop function self_pay_bill_stays`,
      `drop sequence self_pay_bill_number`,
    ],
  };
}
