import { rowLevelSecurity, SqlMigration } from '#shared/database';

export class PersonsAndFilings extends SqlMigration {
  readonly name = 'PersonsAndFilings1700000001001';
  readonly statements = {
    up: [
      `create table insured_person (
        person_no text primary key,
        name text not null,
        sex text not null check (sex in ('1', '2', '9')),
        birth_date date not null,
        certificate_type text not null,
        identity_encrypted bytea not null,
        identity_hash text not null unique,
        home_area text not null,
        version int not null
      )`,
      `create table insurance (
        person_no text not null references insured_person,
        scheme text not null check (scheme in ('310', '390')),
        person_type text not null,
        category text not null check (category in ('working', 'retired', 'resident')),
        tier text,
        status text not null check (status in ('active', 'suspended', 'ended')),
        from_day date not null,
        to_day date,
        primary key (person_no, scheme, from_day),
        check (to_day is null or to_day >= from_day)
      )`,
      `create table referral_institution (
        institution_code text not null,
        name text not null,
        area text not null,
        designated_on date not null,
        primary key (area, institution_code)
      )`,
      `create sequence filing_number`,
      `create table filing (
        filing_no text primary key,
        person_no text not null references insured_person,
        home_area text not null,
        category text not null,
        destination text not null,
        status text not null,
        channel text not null,
        supplementary boolean not null,
        materials text[] not null,
        applied_on date not null,
        applied_by text not null,
        decided_on date,
        decided_by text,
        reason text,
        due_on date,
        valid_from date,
        valid_to date,
        commitment_due_on date
      )`,
      `create index filing_person on filing (person_no)`,
      `create unique index filing_current on filing (person_no, destination) where status in ('applied', 'effective', 'suspended')`,
      `create table filing_event (
        id bigint generated always as identity primary key,
        filing_no text not null references filing,
        event text not null,
        from_status text,
        to_status text not null,
        happened_on date not null,
        actor text not null,
        reason text
      )`,
      ...rowLevelSecurity('insured_person', ['home_area']),
      ...rowLevelSecurity('filing', ['home_area', 'destination']),
    ],
    down: [
      `drop table filing_event, filing, referral_institution, insurance, insured_person`,
      `drop sequence filing_number`,
    ],
  };
}
