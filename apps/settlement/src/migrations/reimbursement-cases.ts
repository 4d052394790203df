import { appendOnly, rowLevelSecurity, SqlMigration } from '#shared/database';

const amounts = ['total', 'own_expense', 'over_limit', 'first_pay', 'in_scope'];
const adds = `total_fen = own_expense_fen + over_limit_fen + first_pay_fen + in_scope_fen`;
const live = `state in ('kept', 'computed', 'approved', 'paid', 'closed')`;
const open = `('kept', 'computed')`;
/** What may still change of a case that was approved: where it stands, and how it was paid. */
const movable = [
  'state',
  'version',
  'grant_id',
  'approved_by',
  'approved_on',
  'payee_holder',
  'payee_bank',
  'payee_account_hash',
  'payee_account_masked',
  'payee_account_encrypted',
  'bank_name',
  'transaction_no',
  'transaction_date',
  'paid_by',
];
const scope = `current_setting('yidi.scope', true)`;

/**
 * 报销案件 (N44 N61 H59): kept bills and what becomes of them. The home area alone sees them, and now sees the complete
 * self-pay bills of its people. Amounts close when a transaction commits, and never change once they are approved.
 */
export class ReimbursementCases extends SqlMigration {
  readonly name = 'ReimbursementCases1764150000100';
  readonly statements = {
    up: [
      `create sequence reimbursement_case_number`,
      `create table reimbursement_case (
        case_no text primary key,
        source text not null check (source in ('direct-failed', 'self-paid')),
        cause text,
        visit_id text references visit,
        batch_no text,
        bill_id text references self_pay_bill,
        person_no text not null,
        home_area text not null,
        treatment_area text not null,
        institution_code text not null,
        level text not null,
        scheme text not null,
        setting text not null check (setting in ('inpatient', 'outpatient')),
        med_type text not null,
        emergency boolean not null,
        admitted_on date not null,
        discharged_on date not null,
        use_account boolean not null,
        diagnoses jsonb not null,
        diseases text[] not null,
        injury boolean not null,
        state text not null,
        version int not null,
        kept_at timestamptz not null,
        ${amounts.map((name) => `${name}_fen bigint not null`).join(', ')},
        catalogue text check (catalogue in ('home', 'treatment')),
        route text,
        filing_no text,
        route_articles text[],
        designated boolean,
        deductible_fen bigint,
        ratio text,
        fund_fen bigint check (fund_fen >= 0),
        personal_account_fen bigint check (personal_account_fen >= 0),
        cash_fen bigint check (cash_fen >= 0),
        pack_id text,
        explanation jsonb,
        computed_by text,
        computed_on date,
        grant_id text unique,
        approved_by text,
        approved_on date,
        payee_holder text,
        payee_bank text,
        payee_account_hash text,
        payee_account_masked text,
        payee_account_encrypted bytea,
        bank_name text,
        transaction_no text,
        transaction_date date,
        paid_by text,
        check (admitted_on <= discharged_on),
        check ((source = 'direct-failed') = (visit_id is not null) and (source = 'self-paid') = (bill_id is not null)),
        constraint reimbursement_scope_closes check (${adds}),
        constraint reimbursement_payers_close check (fund_fen is null or total_fen = fund_fen + personal_account_fen + cash_fen),
        constraint reimbursement_computed check (state in ('kept', 'withdrawn', 'refused') or
          num_nulls(catalogue, route, designated, deductible_fen, ratio, fund_fen, personal_account_fen, cash_fen, pack_id,
            explanation, computed_by, computed_on) = 0),
        constraint reimbursement_two_people check (approved_by is null or approved_by <> computed_by),
        constraint reimbursement_paid check (state <> 'paid' or num_nulls(payee_holder, payee_bank, payee_account_encrypted,
          bank_name, transaction_no, transaction_date, paid_by) = 0)
      )`,
      `create unique index reimbursement_case_visit on reimbursement_case (visit_id, coalesce(batch_no, '')) where ${live}`,
      `create unique index reimbursement_case_bill on reimbursement_case (bill_id) where ${live}`,
      `create index reimbursement_case_person on reimbursement_case (person_no)`,
      `create index reimbursement_case_area on reimbursement_case (home_area, state)`,
      `create table reimbursement_line (
        case_no text not null references reimbursement_case,
        line_no text not null,
        item_code text not null,
        category text not null,
        price text not null,
        quantity text not null,
        occurred_on date not null,
        position int not null,
        ${amounts.map((name) => `${name}_fen bigint not null`).join(', ')},
        counted_own_expense_fen bigint not null,
        counted_over_limit_fen bigint not null,
        counted_first_pay_fen bigint not null,
        counted_in_scope_fen bigint not null,
        note text,
        primary key (case_no, line_no),
        check (${adds}),
        check (total_fen = counted_own_expense_fen + counted_over_limit_fen + counted_first_pay_fen + counted_in_scope_fen)
      )`,
      `create table reimbursement_fund (
        case_no text not null references reimbursement_case,
        fund_type text not null check (fund_type ~ '^\\d{6}$'),
        amount_fen bigint not null,
        primary key (case_no, fund_type)
      )`,
      `create table reimbursement_step (
        case_no text not null references reimbursement_case,
        version int not null,
        event text not null,
        from_state text,
        to_state text not null,
        by text not null,
        at timestamptz not null,
        note text,
        primary key (case_no, version)
      )`,
      ...appendOnly('reimbursement_step'),
      `create function reimbursement_closes() returns trigger language plpgsql as $$
      declare c reimbursement_case%rowtype;
      begin
        select * into c from reimbursement_case where case_no = new.case_no;
        if not found then return null; end if;
        if (select coalesce(sum(amount_fen), 0) from reimbursement_fund where case_no = c.case_no) <> coalesce(c.fund_fen, 0) then
          raise exception 'the funds do not add up to the fund total of %', c.case_no using errcode = 'check_violation';
        end if;
        if (select coalesce(sum(l.total_fen), 0) <> c.total_fen or coalesce(sum(l.counted_own_expense_fen), 0) <> c.own_expense_fen
              or coalesce(sum(l.counted_over_limit_fen), 0) <> c.over_limit_fen
              or coalesce(sum(l.counted_first_pay_fen), 0) <> c.first_pay_fen
              or coalesce(sum(l.counted_in_scope_fen), 0) <> c.in_scope_fen
            from reimbursement_line l where l.case_no = c.case_no) then
          raise exception 'the lines do not add up to the amounts of %', c.case_no using errcode = 'check_violation';
        end if;
        return null;
      end $$`,
      ...['case', 'line', 'fund'].map(
        (
          name,
        ) => `create constraint trigger reimbursement_${name}_closes after insert or update on reimbursement_${name}
          deferrable initially deferred for each row execute function reimbursement_closes()`,
      ),
      `create function reimbursement_stays() returns trigger language plpgsql as $$
      begin
        if old.state in ${open} or to_jsonb(new) - array['${movable.join("', '")}'] = to_jsonb(old) - array['${movable.join("', '")}'] then
          return new;
        end if;
        raise exception 'what was decided about % is never changed', old.case_no using errcode = 'check_violation';
      end $$`,
      `create trigger reimbursement_case_stays before update on reimbursement_case for each row execute function reimbursement_stays()`,
      `create function reimbursement_part_stays() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from reimbursement_case where case_no = coalesce(old.case_no, new.case_no) and state not in ${open}) then
          raise exception 'what was decided about % is never changed', coalesce(old.case_no, new.case_no) using errcode = 'check_violation';
        end if;
        return coalesce(new, old);
      end $$`,
      ...['line', 'fund'].map(
        (name) => `create trigger reimbursement_${name}_stays before insert or update or delete on reimbursement_${name}
          for each row execute function reimbursement_part_stays()`,
      ),
      ...rowLevelSecurity('reimbursement_case', ['home_area']),
      `create policy home_scope on self_pay_bill for select using (completed_at is not null and exists (
         select 1 from insured_person p where p.identity_hash = self_pay_bill.identity_hash and p.home_area like nullif(${scope}, '') || '%'))`,
    ],
    down: [
      `drop policy home_scope on self_pay_bill`,
      `drop table reimbursement_step, reimbursement_fund, reimbursement_line, reimbursement_case`,
      `drop function reimbursement_step_is_append_only`,
      `drop function reimbursement_closes`,
      `drop function reimbursement_stays`,
      `drop function reimbursement_part_stays`,
      `drop sequence reimbursement_case_number`,
    ],
  };
}
