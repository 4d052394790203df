import { rowLevelSecurity, SqlMigration } from '#shared/database';

export class ItemsAndPeriods extends SqlMigration {
  readonly name = 'ItemsAndPeriods1700000003001';
  readonly statements = {
    up: [
      `create table clearing_item (
        settlement_id text primary key,
        refund_of text,
        person_no text not null,
        home_area text not null,
        treatment_area text not null,
        payer text not null,
        payee text not null,
        institution_code text not null,
        scheme text not null,
        setting text not null,
        settled_on date not null,
        fund_fen bigint not null,
        account_fen bigint not null,
        period text,
        late boolean
      )`,
      `create index clearing_item_period on clearing_item (period)`,
      `create index clearing_item_waiting on clearing_item (payee, settled_on) where period is null`,
      `create table audited_settlement (
        settlement_id text primary key,
        declaration_id text not null,
        cost_month text not null,
        audited_on date not null
      )`,
      `create table deduction (
        settlement_id text not null,
        fund_type text not null,
        amount_fen bigint not null check (amount_fen > 0),
        primary key (settlement_id, fund_type)
      )`,
      `create table period (
        period text primary key,
        state text not null check (state in ('open', 'tabled', 'closed')),
        tabled_on date,
        closed_on date
      )`,
      `create table upload (
        period text not null references period,
        province text not null,
        items int not null,
        late int not null,
        uploaded_on date not null,
        uploaded_by text not null,
        primary key (period, province)
      )`,
      `create table confirmation (
        period text not null references period,
        province text not null,
        confirmed_on date not null,
        confirmed_by text not null,
        primary key (period, province)
      )`,
      `create table notice (
        notice_no text primary key,
        period text not null references period,
        kind text not null check (kind in ('payment', 'receipt', 'area-netting')),
        agency text not null,
        issued_on date not null,
        lines jsonb not null,
        total_fen bigint not null,
        unique (period, kind, agency)
      )`,
      `create table confirmed_transfer (
        transfer_no text primary key,
        purpose text not null,
        period text,
        payer text not null,
        payee text not null,
        amount_fen bigint not null,
        confirmed_on date not null
      )`,
      ...rowLevelSecurity('clearing_item', ['home_area', 'treatment_area']),
      ...rowLevelSecurity('notice', ['agency']),
    ],
    down: [
      `drop table confirmed_transfer, notice, confirmation, upload, period, deduction, audited_settlement, clearing_item`,
    ],
  };
}
