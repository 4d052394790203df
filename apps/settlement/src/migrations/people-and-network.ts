import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** What settlement knows of persons (copies of filing's topics), and the network it settles for. */
export class PeopleAndNetwork extends SqlMigration {
  readonly name = 'PeopleAndNetwork1700000002001';
  readonly statements = {
    up: [
      `create table insured_person (
        person_no text primary key,
        name text not null,
        sex text not null,
        birth_date date not null,
        certificate_type text not null,
        identity_hash text not null,
        home_area text not null,
        insurances jsonb not null,
        version int not null
      )`,
      `create index insured_person_identity on insured_person (identity_hash)`,
      `create table filing_copy (
        filing_no text primary key,
        person_no text not null,
        home_area text not null,
        category text not null,
        destination text not null,
        status text not null,
        decided_on date,
        valid_from date,
        valid_to date,
        version int not null
      )`,
      `create index filing_copy_person on filing_copy (person_no)`,
      `create table qualification_copy (
        qualification_no text primary key,
        person_no text not null,
        home_area text not null,
        disease_code text not null,
        disease_name text not null,
        status text not null,
        from_day date not null,
        to_day date,
        version int not null
      )`,
      `create table institution (
        code text primary key,
        name text not null,
        level text not null check (level in ('L0', 'L1', 'L2', 'L3', 'L3P')),
        area text not null,
        services text[] not null,
        agreement text not null check (agreement in ('active', 'suspended', 'ended')),
        effective_on date not null,
        version int not null
      )`,
      `create table institution_credential (
        paasid text primary key,
        institution_code text not null references institution,
        secret_encrypted bytea not null,
        valid_from timestamptz not null,
        valid_to timestamptz
      )`,
      `create index institution_credential_owner on institution_credential (institution_code)`,
      `create table used_nonce (
        paasid text not null,
        nonce text not null,
        used_at timestamptz not null,
        primary key (paasid, nonce)
      )`,
      `create index used_nonce_age on used_nonce (used_at)`,
      `create table catalogue_item (
        area text not null,
        code text not null,
        from_day date not null,
        to_day date,
        name text not null,
        category text not null check (category ~ '^(0[1-9]|1[0-4])$'),
        class text not null check (class in ('A', 'B', 'C')),
        first_pay_ratio text not null,
        price_limit_fen bigint check (price_limit_fen >= 0),
        primary key (area, code, from_day)
      )`,
      `create table account (
        person_no text primary key,
        home_area text not null,
        balance_fen bigint not null check (balance_fen >= 0)
      )`,
      `create table account_entry (
        id bigint generated always as identity primary key,
        person_no text not null references account,
        kind text not null check (kind in ('credit', 'charge', 'refund')),
        reference text not null,
        amount_fen bigint not null,
        balance_after_fen bigint not null,
        entered_at timestamptz not null,
        unique (person_no, reference)
      )`,
      ...rowLevelSecurity('account', ['home_area']),
    ],
    down: [
      `drop table account_entry, account, catalogue_item, used_nonce, institution_credential, institution`,
      `drop table qualification_copy, filing_copy, insured_person`,
    ],
  };
}
