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
