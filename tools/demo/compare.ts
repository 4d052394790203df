/** Every place where two structures differ, as lines of "path: expected …, came …". Only what is expected is looked at. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: expected a list`];
    const lengths =
      expected.length === actual.length ? [] : [`${path}: expected ${expected.length} entries, came ${actual.length}`];
    return [...lengths, ...expected.flatMap((value, index) => differences(value, actual[index], `${path}[${index}]`))];
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path}: expected an object, came ${String(actual)}`];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, (actual as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return expected === actual ? [] : [`${path}: expected ${String(expected)}, came ${String(actual)}`];
}
