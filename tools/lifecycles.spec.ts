import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { unreachableStates } from '#shared/transitions';
import type { TransitionTable } from '#shared/transitions';
import { projectRoot } from './launcher/places.js';

type Lifecycle = TransitionTable<string, string>;

const isLifecycle = (value: unknown): value is Lifecycle =>
  typeof value === 'object' && value !== null && 'rows' in value && 'next' in value && 'allows' in value;

/** Every transition table that an app exports, wherever it stands; a new one is walked without being named here. */
const files = globSync('apps/*/src/**/*.ts', { cwd: projectRoot })
  .filter((path) => !/\.(spec|itest|e2e)\.ts$/.test(path))
  .filter((path) => /= table</.test(readFileSync(join(projectRoot, path), 'utf8')))
  .sort();
const found = await Promise.all(
  files.map(async (path) => {
    const module = (await import(join(projectRoot, path))) as Record<string, unknown>;
    return Object.entries(module).flatMap(([name, value]) => (isLifecycle(value) ? [[name, value] as const] : []));
  }),
);
const lifecycles = found.flat();

const requirements = parse(readFileSync(join(projectRoot, 'docs/requirements.yaml'), 'utf8')) as {
  chapters: Record<string, [ids: string][]>;
};
const articles = new Set(
  Object.values(requirements.chapters)
    .flat()
    .flatMap(([ids]) => ids.split(' ')),
);

/** Beginnings that a step back leads to as well, so that they do not look like one: a stay is opened as admitted. */
const otherBeginnings: Readonly<Record<string, readonly string[]>> = { visitTransitions: ['admitted'] };

describe('the lifecycles', () => {
  it('[N13 N59 H49 H50 N48] every file with a transition table exports it', () => {
    expect(lifecycles.length).toBeGreaterThanOrEqual(files.length);
    expect(lifecycles.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'visitTransitions',
        'declarationTransitions',
        'transferTransitions',
        'matterTransitions',
      ]),
    );
  });

  describe.each(lifecycles)('%s', (name, lifecycle) => {
    const states = [...new Set(lifecycle.rows.flatMap(({ from, to }) => [from, to]))];
    const events = [...new Set(lifecycle.rows.map(({ on }) => on))];

    it('[N13 N59] every pair of state and event is legal by one row of the table, or leads nowhere', () => {
      for (const state of states) {
        for (const event of events) {
          const rows = lifecycle.rows.filter(({ from, on }) => from === state && on === event);
          expect(rows.length).toBeLessThanOrEqual(1);
          expect([lifecycle.next(state, event), lifecycle.allows(state, event)]).toEqual([
            rows[0]?.to,
            rows.length === 1,
          ]);
        }
      }
    });

    it('[N13 N59] a state or an event that is not of this life leads nowhere', () => {
      for (const state of states) expect(lifecycle.next(state, 'no-such-event')).toBeUndefined();
      for (const event of events) expect(lifecycle.allows('no-such-state', event)).toBe(false);
    });

    it('[N13 N59] every state can be reached from where the life begins', () => {
      const entries = states.filter((state) => !lifecycle.rows.some(({ from, to }) => to === state && from !== state));
      const begins = [...entries, ...(otherBeginnings[name] ?? [])];
      expect(unreachableStates(lifecycle, begins.length > 0 ? begins : states.slice(0, 1))).toEqual([]);
    });

    it('[N13 N59] every row names an article that the requirements know', () => {
      expect(lifecycle.rows.filter(({ article }) => !articles.has(article))).toEqual([]);
    });
  });
});
