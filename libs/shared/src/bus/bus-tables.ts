import { SqlMigration } from '../database/index.js';

/**
 * The tables that every service needs for its messages.
 * The outbox position is drawn in a trigger after a lock on the key: sequence numbers commit out of order, but two
 * transactions that write the same key cannot both be between lock and commit, so per key position order is commit order.
 */
export class BusTables extends SqlMigration {
  readonly name = 'BusTables1700000000001';
  readonly statements = {
    up: [
      `create sequence outbox_position`,
      `create table outbox (
        position bigint primary key,
        message_id uuid not null unique,
        topic text not null,
        key text not null,
        body bytea not null,
        created_at timestamptz not null
      )`,
      `create function outbox_take_position() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended(new.topic || '/' || new.key, 0));
        new.position := nextval('outbox_position');
        return new;
      end $$`,
      `create trigger outbox_position before insert on outbox for each row execute function outbox_take_position()`,
      `create table inbox (
        message_id uuid primary key,
        topic text not null,
        body_sha256 bytea not null,
        processed_at timestamptz not null
      )`,
      `create table inbox_attempt (
        message_key text primary key,
        attempts int not null,
        last_reason text
      )`,
      `create table dead_letter (
        id bigint generated always as identity primary key,
        direction text not null check (direction in ('in', 'out')),
        topic text not null,
        partition int,
        message_offset text,
        key bytea,
        headers jsonb not null default '{}',
        body bytea not null,
        reason text not null,
        dead_at timestamptz not null,
        replayed_at timestamptz
      )`,
      // The bytes belong to it: the offsets of a topic that was made anew begin again.
      `create unique index dead_letter_once on dead_letter (direction, topic, partition, message_offset, sha256(body))`,
      `create table bus_alarm (
        id bigint generated always as identity primary key,
        message_id uuid not null,
        topic text not null,
        reason text not null,
        body bytea not null,
        raised_at timestamptz not null
      )`,
      `create unique index bus_alarm_once on bus_alarm (message_id, sha256(body))`,
      `create table bus_count (
        direction text not null check (direction in ('published', 'consumed', 'dead')),
        topic text not null,
        messages bigint not null,
        primary key (direction, topic)
      )`,
    ],
    down: [
      `drop table bus_count, bus_alarm, dead_letter, inbox_attempt, inbox, outbox`,
      `drop function outbox_take_position`,
      `drop sequence outbox_position`,
    ],
  };
}
