import { readFileSync, writeFileSync } from 'node:fs';
import { conformance } from '../generate-conformance.js';
import { errorPage } from '../generate-errors.js';
import { eventPage } from '../generate-events.js';
import { caseSchemaPage, packSchemaPage } from '../generate-schemas.js';
import { interfacePage } from '../generate-interface.js';

const pages: Readonly<Record<string, () => string>> = {
  'docs/conformance.md': conformance,
  'docs/errors.md': errorPage,
  'docs/events.md': eventPage,
  'docs/policy-pack.schema.json': packSchemaPage,
  'docs/case.schema.json': caseSchemaPage,
  'docs/interface.md': interfacePage,
};

function current(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes the generated pages; with --check only says which are stale, and fails then. */
export function run(args: readonly string[]): Promise<number> {
  return Promise.resolve(refresh(args));
}

function refresh(args: readonly string[]): number {
  const stale = Object.entries(pages).filter(([path, page]) => current(path) !== page());
  if (args.includes('--check')) {
    for (const [path] of stale) console.log(`${path} is stale: run npm run docs and commit it.`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [path, page] of stale) writeFileSync(path, page());
  console.log(
    stale.length === 0 ? 'All generated pages are fresh.' : `Written: ${stale.map(([path]) => path).join(', ')}`,
  );
  return 0;
}
