import { rowLevelSecurity, SqlMigration } from '#shared/database';

export class QuotasTransfersLedger extends SqlMigration {
  readonly name = 'QuotasTransfersLedger1700000004001';
  readonly statements = {
    up: [
      `create table quota (
        year int not null,
        payer text not null,
        payee text not null,
        exact_fen bigint not null,
        quota_fen bigint not null check (quota_fen >= 0),
        state text not null check (state in ('prepared', 'approved')),
        prepared_by text not null,
        prepared_on date not null,
        approved_by text,
        effective_on date,
        primary key (year, payer, payee)
      )`,
      `create table transfer (
        transfer_no text primary key,
        purpose text not null check (purpose in ('prepayment', 'clearing', 'area-collection', 'area-distribution')),
        period text not null,
        payer text not null,
        payee text not null,
        amount_fen bigint not null check (amount_fen > 0),
        state text not null,
        opened_on date not null,
        returned boolean not null,
        source text not null,
        bank_name text,
        transaction_no text,
        transaction_date date,
        paid_by text,
        confirmed_on date,
        version int not null default 1,
        check (payer <> payee)
      )`,
      `create index transfer_period on transfer (purpose, period)`,
      `create table ledger_entry (
        entry_id bigint generated always as identity primary key,
        day date not null,
        currency text not null check (currency = 'CNY'),
        reference text not null unique,
        memo text not null
      )`,
      `create table ledger_line (
        entry_id bigint not null references ledger_entry,
        line int not null,
        owner text not null,
        account text not null,
        debit_fen bigint not null check (debit_fen >= 0),
        credit_fen bigint not null check (credit_fen >= 0),
        primary key (entry_id, line),
        check ((debit_fen = 0) <> (credit_fen = 0))
      )`,
      `create function ledger_entry_balances() returns trigger language plpgsql as $$
      begin
        if (select sum(debit_fen) <> sum(credit_fen) from ledger_line where entry_id = new.entry_id) then
          raise exception 'ledger entry % does not balance', new.entry_id using errcode = '23514';
        end if;
        return null;
      end $$`,
      `create constraint trigger ledger_balances after insert or update on ledger_line
       deferrable initially deferred for each row execute function ledger_entry_balances()`,
      `create table cleared_pair (
        period text not null,
        payer text not null,
        payee text not null,
        cleared_fen bigint not null,
        signed_on date not null,
        primary key (period, payer, payee)
      )`,
      `create table warning_episode (payee text primary key, level text not null check (level in ('green', 'yellow', 'red')))`,
      `create table warning (
        warning_no text primary key,
        period text not null,
        payee text not null,
        level text not null check (level in ('yellow', 'red')),
        percent text not null,
        cleared_fen bigint not null,
        prepayment_fen bigint not null,
        raised_on date not null
      )`,
      ...rowLevelSecurity('quota', ['payer', 'payee']),
      ...rowLevelSecurity('transfer', ['payer', 'payee']),
      ...rowLevelSecurity('ledger_line', ['owner']),
    ],
    down: [
      `drop table warning, warning_episode, cleared_pair, ledger_line, ledger_entry, transfer, quota`,
      `drop function ledger_entry_balances`,
    ],
  };
}
