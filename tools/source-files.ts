import { globSync } from 'node:fs';

/** The tracked kinds of source files below apps, libs and tools, in a stable order. */
export function sourceFiles(name: RegExp): string[] {
  return globSync('{apps,libs,tools}/**/*.ts')
    .filter((file) => name.test(file))
    .sort();
}
