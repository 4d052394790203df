import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { csvType } from '#shared/service';
import type { RestTestService, TestCaller } from '#shared/testing';
import { auditor, channelClient, clerk, hospital, startFiling } from './testing/people.js';

const callers: Record<string, TestCaller | undefined> = {
  clerk: clerk('430100'),
  app: channelClient('filing.channel.national-app'),
  village: {
    ...{ agency: '430100', level: 'area', subject: 'village-1' },
    roles: ['filing.apply', 'filing.channel.agent'],
  },
  hospital: hospital('H43010000301', '430100'),
  beijing: { agency: '110000', level: 'area', roles: ['filing.visit', 'filing.read'], subject: 'clerk-bj' },
  auditor: auditor('430100'),
};

interface Call {
  readonly who: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body: string;
  readonly status: number;
  /** What the answer must contain, as JSON. */
  readonly contains: string;
  /** `name=field`: what later calls need of the answer. */
  readonly keeps: string;
}

/** The calls of docs/filing-day.md, in their order. */
function callsOfThePage(): Call[] {
  const page = readFileSync('docs/filing-day.md', 'utf8');
  const blocks = [...page.matchAll(/^```\n([^`]*)^```$/gm)].map(([, block = '']) => block).join('');
  const form = /^(\w+) (GET|POST|PUT) (\S+)\n((?:(?!→).*\n)*)→ (\d{3})(?: ([[{].*[\]}]))?(?: (\w+=\w+))?$/gm;
  return [...blocks.matchAll(form)].map(
    ([, who = '', method, path = '', body = '', status, contains = '', keeps = '']) => ({
      ...{ who, method: method as Call['method'], path, body, status: Number(status), contains, keeps },
    }),
  );
}

const known = new Map<string, string>();
const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole);

let service: RestTestService;
beforeAll(async () => {
  service = await startFiling();
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

async function play({ who, method, path, body, status, contains, keeps }: Call): Promise<void> {
  const sent = filled(body).trim();
  const isFile = sent !== '' && !sent.startsWith('{');
  const as = callers[who];
  const answer = await service.call<unknown>({
    ...{ method, path: filled(path) },
    ...(as === undefined ? {} : { as }),
    ...(sent === '' ? {} : { body: isFile ? sent : (JSON.parse(sent) as object) }),
    ...(isFile ? { contentType: csvType } : {}),
  });
  expect({ call: `${method} ${path}`, status: answer.status }).toEqual({ call: `${method} ${path}`, status });
  if (contains !== '') expect(answer.body).toMatchObject(JSON.parse(filled(contains)) as object);
  const [name = '', field = ''] = keeps.split('=');
  if (name !== '') known.set(name, String((answer.body as Record<string, unknown>)[field]));
}

it('[N13 H16 N9 H22] a day of a prefecture is worked through the calls of its page alone', async () => {
  const calls = callsOfThePage();
  for (const one of calls) await play(one);
  const arrows = readFileSync('docs/filing-day.md', 'utf8').match(/^→ /gm) ?? [];
  expect(calls).toHaveLength(arrows.length);
  expect(calls.map(({ who }) => who)).toEqual(expect.arrayContaining([...Object.keys(callers), 'anybody']));
}, 120_000);
