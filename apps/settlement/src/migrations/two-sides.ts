import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** 两端交换 (N44): what was asked of other deployments, and what they asked of this one. */
export class TwoSides extends SqlMigration {
  readonly name = 'TwoSides1764150000400';
  readonly statements = {
    up: [
      `create table home_exchange (
        exchange_id text primary key,
        counterpart text not null,
        state text not null check (state in ('asked', 'granted', 'refused', 'committed', 'confirmed', 'doubtful', 'reversed', 'owed',
          'acknowledged')),
        visit_id text not null,
        person_no text not null,
        home_area text not null,
        treatment_area text not null,
        institution_code text not null,
        request text not null,
        share jsonb,
        changed_at timestamptz not null default now(),
        next_try_at timestamptz not null default now(),
        tries int not null default 0,
        matter_opened boolean not null default false,
        check (state not in ('granted', 'committed', 'confirmed') or share is not null)
      )`,
      `create index home_exchange_open on home_exchange (next_try_at)
         where state in ('asked', 'granted', 'committed', 'doubtful', 'owed')`,
      `create index home_exchange_person on home_exchange (person_no) where state = 'doubtful'`,
      `create table home_door (
        exchange_id text primary key,
        counterpart text not null,
        request text not null,
        state text not null check (state in ('granted', 'confirmed', 'refunded', 'reversed')),
        answer jsonb,
        home_area text not null,
        treatment_area text not null,
        institution_code text not null,
        changed_at timestamptz not null default now(),
        matter_opened boolean not null default false
      )`,
      `create index home_door_unheard on home_door (counterpart, changed_at) where state = 'granted'`,
      ...rowLevelSecurity('home_exchange', ['home_area', 'treatment_area']),
      ...rowLevelSecurity('home_door', ['home_area', 'treatment_area']),
    ],
    down: [`drop table home_exchange, home_door`],
  };
}
