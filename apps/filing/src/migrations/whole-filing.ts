import { appendOnly, inScope, ownArea, scopedPolicies, SqlMigration } from '#shared/database';

/** A county agency that the prefecture has let; `row` is the table or its alias. */
const mandated = (row: string): string =>
  `(${ownArea(`${row}.county`)} and exists (select 1 from county_mandate m where m.county = ${row}.county))`;
/** Rows of a home area (N57): its agency and its county write, its province and the nation read. */
const read = (row: string): string => `(${inScope(`${row}.home_area`)} or ${mandated(row)})`;
const write = (row: string): string => `(${ownArea(`${row}.home_area`)} or ${mandated(row)})`;
const home = (table: string): { read: string; write: string } => ({ read: read(table), write: write(table) });
/** Rows that hang on another: whoever may read or write that one. */
const hangingOn = (parent: string, key: string, table: string): { read: string; write: string } => ({
  read: `exists (select 1 from ${parent} h where h.${key} = ${table}.${key} and ${read('h')})`,
  write: `exists (select 1 from ${parent} h where h.${key} = ${table}.${key} and ${write('h')})`,
});
const ofAgent = (is: (column: string) => string): string =>
  `exists (select 1 from filing_agent a where a.agent_id = filing_agent_person.agent_id and ${is('a.area')})`;
/** A treatment agency sees what has been decided for its own area, nothing that is still asked for. */
const concernsTreatment = `(${inScope('destination')} and status not in ('applied', 'rejected'))`;

/** Persons in two places, histories, qualifications, agents and counties, the log of looks, files; who sees which rows. */
export class WholeFiling extends SqlMigration {
  readonly name = 'WholeFiling1700000001101';
  readonly statements = {
    up: [
      `create table county_mandate (
        county text primary key,
        prefecture text not null,
        given_by text not null,
        given_on date not null
      )`,
      `alter table insured_person drop constraint insured_person_identity_hash_key`,
      `alter table insured_person add county text, add special_identities text[] not null default '{}',
        add merged_into text references insured_person, add told_version int not null default 1,
        add content_hash text not null default ''`,
      `update insured_person set told_version = version`,
      `create unique index insured_person_identity on insured_person (identity_hash, home_area) where merged_into is null`,
      `alter table insurance drop constraint insurance_status_check`,
      `alter table insurance add check (status in ('active', 'suspended', 'ended', 'moved'))`,
      `create index insurance_from on insurance (from_day)`,
      `create index insurance_to on insurance (to_day)`,
      `alter table filing add county text, add kind text not null default 'new' check (kind in ('new', 'change')),
        add replaces text references filing, add continues text references filing, add covers_from date,
        add discharged_on date, add closed_on date, add contact jsonb not null default '{}', add referral jsonb,
        add agent_id text, add version int not null default 0`,
      `drop index filing_current`,
      `create unique index filing_pending on filing (person_no, destination) where status = 'applied'`,
      `create unique index filing_standing on filing (person_no, destination) where status in ('effective', 'suspended')`,
      `create index filing_commitment on filing (commitment_due_on) where status in ('effective', 'suspended')`,
      `create index filing_term on filing (valid_to) where status in ('effective', 'suspended')`,
      `create index filing_area on filing (home_area, applied_on)`,
      `alter table filing_event add version int not null default 0, add content jsonb not null default '{}'`,
      `create index filing_event_filing on filing_event (filing_no, id)`,
      `create sequence qualification_number`,
      `create table qualification (
        qualification_no text primary key,
        person_no text not null references insured_person,
        home_area text not null,
        county text,
        disease_code text not null,
        disease_name text not null,
        status text not null check (status in ('applied', 'effective', 'rejected', 'ended')),
        applied_on date not null,
        decided_on date,
        decided_by text,
        reason text,
        from_day date,
        to_day date,
        version int not null,
        check (status in ('applied', 'rejected') or from_day is not null)
      )`,
      `create unique index qualification_current on qualification (person_no, disease_code) where status in ('applied', 'effective')`,
      `create table filing_agent (
        agent_id text primary key,
        kind text not null check (kind in ('village', 'employer')),
        name text not null,
        area text not null,
        appointed_on date not null,
        dismissed_on date
      )`,
      `create table filing_agent_person (
        agent_id text not null references filing_agent,
        person_no text not null references insured_person,
        primary key (agent_id, person_no)
      )`,
      `alter table referral_institution add withdrawn_on date`,
      `create table opened_area (
        area text primary key,
        inpatient boolean not null,
        outpatient boolean not null,
        chronic boolean not null,
        opened_on date not null
      )`,
      `create table access_log (
        id bigint generated always as identity primary key,
        person_no text not null,
        home_area text not null,
        kind text not null check (kind in ('reveal', 'visit')),
        actor text not null,
        agency text not null,
        reason text not null,
        happened_at timestamptz not null
      )`,
      `create index access_log_person on access_log (person_no)`,
      `create table person_file (
        file_no bigint generated always as identity primary key,
        area text not null,
        loaded_by text not null,
        loaded_at timestamptz not null,
        total int not null,
        added int not null,
        changed int not null,
        same int not null,
        refused int not null
      )`,
      `create table person_file_refusal (
        file_no bigint not null references person_file,
        line int not null,
        person_no text not null,
        reason text not null,
        primary key (file_no, line)
      )`,
      ...['insured_person', 'filing'].map((table) => `drop policy area_scope on ${table}`),
      ...scopedPolicies('county_mandate', {
        read: `(${inScope('prefecture')} or ${inScope('county')})`,
        write: ownArea('prefecture'),
      }),
      ...['insured_person', 'qualification'].flatMap((table) => scopedPolicies(table, home(table))),
      ...scopedPolicies('insurance', hangingOn('insured_person', 'person_no', 'insurance')),
      ...scopedPolicies('filing', { read: `(${read('filing')} or ${concernsTreatment})`, write: write('filing') }),
      ...scopedPolicies('filing_event', hangingOn('filing', 'filing_no', 'filing_event')),
      ...['referral_institution', 'opened_area'].flatMap((table) =>
        scopedPolicies(table, { read: 'true', write: ownArea('area') }),
      ),
      ...scopedPolicies('filing_agent', { read: inScope('area'), write: ownArea('area') }),
      ...scopedPolicies('filing_agent_person', { read: ofAgent(inScope), write: ofAgent(ownArea) }),
      ...scopedPolicies('access_log', { read: inScope('home_area') }),
      ...scopedPolicies('person_file', { read: inScope('area') }),
      ...scopedPolicies('person_file_refusal', {
        read: `exists (select 1 from person_file f where f.file_no = person_file_refusal.file_no)`,
      }),
      ...appendOnly('filing_event'),
      ...appendOnly('access_log'),
    ],
    down: [
      ...['filing_event', 'access_log'].flatMap((table) => [
        `drop trigger append_only on ${table}`,
        `drop function ${table}_is_append_only()`,
      ]),
      ...['insured_person', 'insurance', 'filing', 'filing_event', 'referral_institution'].flatMap((table) =>
        ['read', 'insert', 'update', 'delete'].map((verb) => `drop policy scope_${verb} on ${table}`),
      ),
      ...['insurance', 'filing_event', 'referral_institution'].flatMap((table) => [
        `alter table ${table} no force row level security`,
        `alter table ${table} disable row level security`,
      ]),
      `create policy area_scope on insured_person using (${inScope('home_area')})`,
      `create policy area_scope on filing using (${inScope('home_area')} or ${inScope('destination')})`,
      `drop table person_file_refusal, person_file, access_log, opened_area, filing_agent_person, filing_agent, qualification`,
      `drop sequence qualification_number`,
      `drop index filing_event_filing, filing_area, filing_term, filing_commitment, filing_standing, filing_pending`,
      `alter table referral_institution drop withdrawn_on`,
      `alter table filing_event drop version, drop content`,
      `alter table filing drop county, drop kind, drop replaces, drop continues, drop covers_from, drop discharged_on,
        drop closed_on, drop contact, drop referral, drop agent_id, drop version`,
      `create unique index filing_current on filing (person_no, destination) where status in ('applied', 'effective', 'suspended')`,
      `drop index insurance_to, insurance_from`,
      `alter table insurance drop constraint insurance_status_check`,
      `alter table insurance add check (status in ('active', 'suspended', 'ended'))`,
      `drop index insured_person_identity`,
      `alter table insured_person drop county, drop special_identities, drop merged_into, drop told_version, drop content_hash`,
      `alter table insured_person add constraint insured_person_identity_hash_key unique (identity_hash)`,
      `drop table county_mandate`,
    ],
  };
}
