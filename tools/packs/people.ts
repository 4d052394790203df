/**
 * 适用人群: rows that differ in one column only are told together, so that nobody is named who is not meant. A column in which
 * all of `everybody` are meant is left out.
 */
export function people(rows: readonly (readonly string[])[], everybody: readonly (readonly string[])[]): string {
  const counts = (rows[0] ?? []).map((_, column) => new Set(everybody.map((row) => row[column])).size);
  let groups: string[][][] = rows.map((row) => row.map((value) => [value]));
  for (let count = 0; count !== groups.length;) {
    count = groups.length;
    const width = groups[0]?.length ?? 0;
    for (let column = 0; column < width; column += 1) groups = mergedOn(column, groups);
  }
  return groups.map((group) => groupText(group, counts)).join('；又 ');
}

function mergedOn(column: number, groups: readonly string[][][]): string[][][] {
  const merged = new Map<string, string[][]>();
  for (const group of groups) {
    const others = JSON.stringify(group.map((values, index) => (index === column ? '' : values)));
    const known = merged.get(others);
    if (known === undefined) merged.set(others, group);
    else known[column] = [...new Set([...(known[column] ?? []), ...(group[column] ?? [])])];
  }
  return [...merged.values()];
}

const groupText = (columns: readonly (readonly string[])[], counts: readonly number[]): string =>
  columns
    .filter((values, column) => values.length < (counts[column] ?? 0))
    .map((values) => values.join('、'))
    .join('，') || '所有人';
