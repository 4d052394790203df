import { SqlMigration } from '#shared/database';

/** 停机切换 (P5.2 H83): stops with their announcement and the figures before and after; one is open at a time. */
export class PlannedStops extends SqlMigration {
  readonly name = 'PlannedStops1764150000303';
  readonly statements = {
    up: [
      `create table planned_stop (
        stop_no bigint generated always as identity primary key,
        state text not null check (state in ('announced', 'draining', 'stopped', 'verified', 'reopened', 'cancelled')),
        reason text not null check (reason <> ''),
        announced_at timestamptz not null,
        announced_by text not null,
        begins_at timestamptz not null,
        ends_at timestamptz not null,
        moved_by text,
        moved_at timestamptz,
        figures_before jsonb,
        figures_after jsonb,
        reopened_because text,
        check (announced_at < begins_at and begins_at < ends_at),
        check (state <> 'verified' or (figures_before is not null and figures_after is not null)),
        check ((state = 'reopened') = (reopened_because is not null))
      )`,
      `create unique index planned_stop_open on planned_stop ((true)) where state in ('announced', 'draining', 'stopped')`,
    ],
    down: [`drop table planned_stop`],
  };
}
