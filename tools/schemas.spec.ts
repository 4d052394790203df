import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDirectory } from '#shared/rules';
import { Compile } from 'typebox/schema';
import { parse } from 'yaml';
import { projectRoot } from './launcher/places.js';

/** What an editor does with a file: YAML as it stands, against the published schema; numbers are numbers to it. */
const validator = (page: string) =>
  Compile(JSON.parse(readFileSync(join(projectRoot, 'docs', page), 'utf8')) as Record<string, unknown>);
const files = (folder: string): [string, unknown][] =>
  readdirSync(join(rulesDirectory(), folder)).map((name) => [
    name,
    parse(readFileSync(join(rulesDirectory(), folder, name), 'utf8')),
  ]);
const exampleOf = (page: string): Record<string, unknown> => {
  const found = /^```yaml\n(?<text>.*?)^```/ms.exec(readFileSync(join(projectRoot, 'docs', page), 'utf8'));
  return parse(found?.groups?.['text'] ?? '') as Record<string, unknown>;
};

const packs = validator('policy-pack.schema.json');
const cases = validator('case.schema.json');

describe('the published schemas', () => {
  it.each(files('packs'))('[N64] an editor finds nothing wrong with pack %s', (_, content) => {
    expect(packs.Errors(content)[1].slice(0, 3)).toEqual([]);
  });

  it.each(files('cases'))('[N64] an editor finds nothing wrong with the cases in %s', (_, content) => {
    expect(cases.Errors(content)[1].slice(0, 3)).toEqual([]);
  });

  it('[N64] nor with the examples of the two pages', () => {
    expect(packs.Check(exampleOf('policy-packs.md'))).toBe(true);
    expect(cases.Check(exampleOf('cases.md'))).toBe(true);
  });

  it.each([
    ['an unknown key', { acount: {} }],
    ['a ratio above 1 deep in a choice', { inpatient: ratioOf({ by: 'level', L1: { by: 'category', working: 1.2 } }) }],
    ['a percentage', { inpatient: ratioOf('85%') }],
    ['an unknown word', { status: 'final' }],
    ['an unknown dimension', { inpatient: ratioOf({ by: 'lewel', L1: 0.8 }) }],
    ['a condition on diseases', { inpatient: ratioOf(0.8, [{ when: { disease: ['x'] }, points: 1 }]) }],
    ['a pack without a name', { name: undefined }],
  ])('[N64] %s is marked', (_, given) => {
    const content = JSON.parse(JSON.stringify({ ...exampleOf('policy-packs.md'), ...given })) as unknown;
    expect(packs.Check(content)).toBe(false);
  });
});

function ratioOf(value: unknown, adjust: unknown[] = []): unknown[] {
  const clause = { clause: 'c', source: 'notice' };
  return [{ from: '2024-01-01', deductible: { ...clause, per: 'none' }, ratio: { ...clause, value, adjust } }];
}
