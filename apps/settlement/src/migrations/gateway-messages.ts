import { SqlMigration } from '#shared/database';

/** What the gateway keeps about messages, callers and whom they have seen. */
export class GatewayMessages extends SqlMigration {
  readonly name = 'GatewayMessages1764150000001';
  readonly statements = {
    up: [
      `alter table gateway_message drop constraint gateway_message_state_check`,
      `alter table gateway_message add column person_no text, add column visit_id text,
         add column ended_at timestamptz, add column reversed_by text`,
      `alter table gateway_message add constraint gateway_message_state_check
         check (state in ('query', 'running', 'done', 'refused', 'cancelled', 'reversed'))`,
      `alter table gateway_message add constraint gateway_message_answered check (state <> 'done' or answer is not null)`,
      `create index gateway_message_visit on gateway_message (visit_id)`,
      `create table seen_person (
        institution_code text not null,
        person_no text not null,
        masked_certificate text not null default '',
        seen_at timestamptz not null,
        primary key (institution_code, person_no)
      )`,
      `insert into seen_person (institution_code, person_no, seen_at)
         select institution_code, person_no, min(opened_at) from visit group by institution_code, person_no`,
      `create table gateway_terms (
        institution_code text primary key references institution,
        signature text not null check (signature in ('headers', 'sm3', 'sm2')),
        sm2_public_key text check (sm2_public_key ~ '^04[0-9a-f]{128}$'),
        sign_in boolean not null,
        changed_by text not null,
        changed_at timestamptz not null,
        check (signature <> 'sm2' or sm2_public_key is not null)
      )`,
      `create sequence sign_in_number`,
      `create table sign_in (
        sign_no text primary key,
        institution_code text not null,
        operator_no text not null,
        address text,
        signed_in_at timestamptz not null,
        signed_out_at timestamptz
      )`,
    ],
    down: [
      `drop table sign_in, gateway_terms, seen_person`,
      `drop sequence sign_in_number`,
      `drop index gateway_message_visit`,
      `delete from gateway_message where state in ('query', 'cancelled', 'reversed')`,
      `alter table gateway_message drop constraint gateway_message_answered, drop constraint gateway_message_state_check`,
      `alter table gateway_message drop column person_no, drop column visit_id, drop column ended_at,
         drop column reversed_by`,
      `alter table gateway_message add constraint gateway_message_state_check check (state in ('running', 'done', 'refused'))`,
    ],
  };
}
