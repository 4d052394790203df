import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** 目录 (N31 H18): limits per hospital level, scopes of chronic diseases, files; and what a chronic line was split by. */
export class CatalogueScopes extends SqlMigration {
  readonly name = 'CatalogueScopes1764150000301';
  readonly statements = {
    up: [
      `alter table catalogue_item add column level_limits jsonb not null default '{}',
         add column diseases text[] not null default '{}', add column content_hash text not null default '',
         add constraint catalogue_item_days_check check (to_day is null or to_day >= from_day)`,
      `create index catalogue_item_diseases on catalogue_item using gin (diseases)`,
      `create table catalogue_file (
        file_no bigint generated always as identity primary key,
        area text not null,
        loaded_by text not null,
        loaded_at timestamptz not null,
        total int not null,
        added int not null,
        changed int not null,
        same int not null,
        refusals jsonb not null,
        check (total = added + changed + same + jsonb_array_length(refusals))
      )`,
      ...rowLevelSecurity('catalogue_file', ['area']),
      `alter table fee_line add column diseases text[] not null default '{}',
         add column chronic_scope text check (chronic_scope in ('scope', 'outside', 'norms')),
         add constraint fee_line_chronic_check check ((chronic_scope is null) = (diseases = '{}'))`,
    ],
    down: [
      `alter table fee_line drop constraint fee_line_chronic_check, drop column diseases, drop column chronic_scope`,
      `drop table catalogue_file`,
      `drop index catalogue_item_diseases`,
      `alter table catalogue_item drop constraint catalogue_item_days_check, drop column level_limits, drop column diseases,
         drop column content_hash`,
    ],
  };
}
