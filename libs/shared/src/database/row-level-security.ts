/**
 * SQL that keeps every agency to its rows, even if a query forgets to (N57): a row is seen when the setting `yidi.scope` is
 * `*`, or when one of the area columns begins with it. An empty setting (what remains after SET LOCAL) sees nothing.
 */
export function rowLevelSecurity(table: string, areaColumns: readonly string[]): string[] {
  const scope = `current_setting('yidi.scope', true)`;
  const own = areaColumns.map((column) => `${column} like nullif(${scope}, '') || '%'`).join(' or ');
  const seen = `${scope} = '*' or ${own}`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy area_scope on ${table} using (${seen}) with check (${seen})`,
  ];
}

const asking = `nullif(current_setting('yidi.scope', true), '')`;

/** SQL: the caller is the system, or the column's area belongs to the caller's agency. */
export const inScope = (column: string): string => `(${asking} = '*' or ${column} like ${asking} || '%')`;

/** SQL: the caller is the system, or the very agency of the column's area; the levels above may look, not write. */
export const ownArea = (column: string): string => `(${asking} = '*' or ${column} = rpad(${asking}, 6, '0'))`;

/**
 * Row-level security where reading and writing differ: `read` and `write` are SQL conditions on a row. Without `write`
 * nobody but the system changes rows.
 */
export function scopedPolicies(table: string, { read, write }: { read: string; write?: string }): string[] {
  const system = `${asking} = '*'`;
  const change = write === undefined ? system : `(${system} or ${write})`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy scope_read on ${table} for select using (${system} or ${read})`,
    `create policy scope_insert on ${table} for insert with check (${change})`,
    `create policy scope_update on ${table} for update using (${change}) with check (${change})`,
    `create policy scope_delete on ${table} for delete using (${change})`,
  ];
}

/** SQL that lets rows be added to a table, but never changed or removed, whoever asks. */
export const appendOnly = (table: string): string[] => [
  `create function ${table}_is_append_only() returns trigger language plpgsql as
   $$ begin raise exception 'rows of % are never changed or removed', tg_table_name; end $$`,
  `create trigger append_only before update or delete on ${table} for each row execute function ${table}_is_append_only()`,
];
