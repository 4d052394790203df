import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { sourceFiles } from './source-files.js';

interface Requirements {
  chapters: Record<string, [ids: string, title: string][]>;
}

interface FoundTest {
  readonly file: string;
  readonly title: string;
}

const titlePattern = /\b(?:it|test)(?:\.each\([\s\S]*?\))?\(\s*(['"`])(\[[^\]]+\][\s\S]*?)\1/g;
const idPattern = /[NHPADF]\d+(?:[.-]\d+)?(?:\(\d\))?/g;

/** Every test whose title names rule ids in square brackets, by id. */
function testsById(): Map<string, FoundTest[]> {
  const byId = new Map<string, FoundTest[]>();
  for (const file of sourceFiles(/\.(spec|itest|e2e|tests)\.ts$/)) {
    for (const match of readFileSync(file, 'utf8').matchAll(titlePattern)) {
      const title = (match[2] ?? '').replace(/\s+/g, ' ');
      const brackets = /^\[([^\]]+)\]/.exec(title)?.[1] ?? '';
      for (const id of brackets.match(idPattern) ?? []) byId.set(id, [...(byId.get(id) ?? []), { file, title }]);
    }
  }
  return byId;
}

/** docs/conformance.md: each rule with the tests that prove it, or "not yet". */
export function conformance(): string {
  const { chapters } = parse(readFileSync('docs/requirements.yaml', 'utf8')) as Requirements;
  const found = testsById();
  const ids = Object.values(chapters).flatMap((rows) => rows.flatMap(([list]) => list.split(' ')));
  const proven = ids.filter((id) => found.has(id)).length;
  const lines = [
    '# Conformance 逐条对照',
    '',
    `Generated from the titles of the tests by \`npm run docs\`. ${proven} of ${ids.length} ids have tests.`,
  ];
  for (const [chapter, rows] of Object.entries(chapters)) {
    lines.push('', `## ${chapter}`, '', '| id | rule | tests |', '| --- | --- | --- |');
    for (const [list, title] of rows) {
      for (const id of list.split(' ')) {
        const tests = found.get(id) ?? [];
        const cell =
          tests.length === 0
            ? 'not yet'
            : tests.map(({ file, title: name }) => `${name.replaceAll('|', '\\|')} (\`${file}\`)`).join('<br>');
        lines.push(`| ${id} | ${title} | ${cell} |`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
