import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkEqualTreatment } from '../equal-treatment/check-equal-treatment.js';
import type { AllowedFile } from '../equal-treatment/check-equal-treatment.js';
import { projectRoot } from '../launcher/places.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

interface Requirements {
  readonly chapters: Readonly<Record<string, readonly [ids: string][]>>;
}

/** Checks the whole of apps/ and libs/ against the list; part of `npm run check`. */
export function run(): Promise<number> {
  const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: projectRoot })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(spec|itest|e2e)\.ts$|\/testing\//.test(file))
    .sort()
    .map((file) => ({ file, text: read(file) }));
  const allowed = parse(read('tools/equal-treatment/allowed.yaml')) as AllowedFile[];
  const { chapters } = parse(read('docs/requirements.yaml')) as Requirements;
  const articles = new Set(
    Object.values(chapters)
      .flat()
      .flatMap(([ids]) => ids.split(' ')),
  );
  const problems = checkEqualTreatment(sources, allowed, articles);
  for (const problem of problems) console.log(problem);
  return Promise.resolve(problems.length === 0 ? 0 : 1);
}
