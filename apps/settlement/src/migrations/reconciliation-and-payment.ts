import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** Daily reconciliation of three parties, the monthly declarations with their audit, and the payments to institutions. */
export class ReconciliationAndPayment extends SqlMigration {
  readonly name = 'ReconciliationAndPayment1700000002003';
  readonly statements = {
    up: [
      `create table uploaded_file (
        file_no text primary key,
        institution_code text not null,
        name text not null,
        content bytea not null,
        uploaded_at timestamptz not null
      )`,
      `create sequence uploaded_file_number`,
      `create table statement (
        institution_code text not null,
        scheme text not null,
        clearing_type text not null,
        begin_day date not null,
        end_day date not null,
        balanced boolean not null,
        total_fen bigint not null,
        fund_fen bigint not null,
        account_fen bigint not null,
        settlements int not null,
        stated_at timestamptz not null,
        primary key (institution_code, scheme, clearing_type, begin_day, end_day)
      )`,
      `create table difference (
        difference_id bigint generated always as identity primary key,
        day date not null,
        kind text not null,
        settlement_id text not null,
        institution_code text not null,
        home_area text not null,
        treatment_area text not null,
        fund_fen bigint not null,
        account_fen bigint not null,
        state text not null check (state in ('open', 'resolved')),
        found_on date not null,
        resolved_on date,
        unique (day, settlement_id, kind)
      )`,
      `create table reconciliation_confirmation (
        home_area text not null,
        period text not null,
        confirmed_on date not null,
        confirmed_by text not null,
        primary key (home_area, period)
      )`,
      `create sequence declaration_number`,
      `create table declaration (
        declaration_id text primary key,
        institution_code text not null,
        treatment_area text not null,
        month text not null,
        clearing_type text not null,
        state text not null,
        settlements int not null,
        total_fen bigint not null,
        fund_fen bigint not null,
        account_fen bigint not null,
        cash_fen bigint not null,
        declared_on date not null,
        audited_on date,
        audited_by text,
        final_on date,
        unique (institution_code, month, clearing_type)
      )`,
      `create table audit_finding (
        finding_id bigint generated always as identity primary key,
        declaration_id text not null references declaration,
        settlement_id text not null,
        line_no text not null,
        amount_fen bigint not null check (amount_fen > 0),
        reason_code text not null,
        reason text not null,
        objection text,
        kept boolean not null default true,
        review_reason text,
        unique (declaration_id, settlement_id, line_no, reason_code)
      )`,
      `create table audit_deduction (
        declaration_id text not null references declaration,
        settlement_id text not null,
        fund_type text not null,
        amount_fen bigint not null check (amount_fen > 0),
        primary key (declaration_id, settlement_id, fund_type)
      )`,
      `create sequence payment_number`,
      `create table institution_payment (
        payment_no text primary key,
        institution_code text not null,
        treatment_area text not null,
        month text not null,
        declared_fen bigint not null,
        deducted_fen bigint not null,
        paid_fen bigint not null,
        state text not null,
        prepared_by text not null,
        prepared_on date not null,
        approved_by text,
        bank_name text,
        transaction_no text,
        transaction_date date,
        paid_on date,
        unique (institution_code, month),
        check (paid_fen = declared_fen - deducted_fen)
      )`,
      ...rowLevelSecurity('difference', ['home_area', 'treatment_area']),
      ...rowLevelSecurity('declaration', ['treatment_area']),
      ...rowLevelSecurity('institution_payment', ['treatment_area']),
    ],
    down: [
      `drop table institution_payment, audit_deduction, audit_finding, declaration, reconciliation_confirmation, difference, statement, uploaded_file`,
      `drop sequence payment_number`,
      `drop sequence declaration_number`,
      `drop sequence uploaded_file_number`,
    ],
  };
}
