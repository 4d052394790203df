import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CommandLife } from '../launcher/command-life.js';
import { openSimulator, whyNoSimulator } from '../simulator/command.js';
import { reportLines, reportMarkdown } from './report-text.js';
import { runConformance } from './run-conformance.js';
import { conformanceFacts, readWorld, WorldUnusable } from './world-file.js';

const USAGE =
  '用法：npm run conformance [-- --url http://网关 --key paasid:secret --world 文件或网址 --report 报告.md|.json --strict]\n' +
  '不带 --url：自行启动模拟器，自检后停止。--world 缺省为 <url>/simulator。';
const text = { type: 'string' } as const;

/**
 * `npm run conformance`: drives a gateway of the national interface through what a joining hospital must master, and writes
 * one report. Without --url the simulator is started, tried and stopped. Fails when anything is not as it must be.
 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const given = optionsIn(args);
  if (given === undefined) {
    console.error(USAGE);
    return 2;
  }
  try {
    return await conform(given, life);
  } catch (error) {
    if (!(error instanceof WorldUnusable)) throw error;
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
}

type Given = NonNullable<ReturnType<typeof optionsIn>>;

function optionsIn(args: readonly string[]) {
  try {
    const options = { url: text, key: text, world: text, report: text, strict: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return undefined;
  }
}

async function conform({ url, key, world, report: file, strict = false }: Given, life: CommandLife): Promise<number> {
  const source = world ?? (url === undefined ? undefined : `${url.replace(/\/$/, '')}/simulator`);
  const ownWorld = source === undefined ? await simulatedWorld(life) : undefined;
  const found = ownWorld ?? (await readWorld(source ?? ''));
  const facts = conformanceFacts(found, {
    ...(url === undefined ? {} : { url }),
    ...(key === undefined ? {} : { key }),
  });
  const report = await runConformance(facts, { strict: strict || ownWorld !== undefined });
  for (const line of reportLines(report)) console.log(line);
  if (file !== undefined)
    writeFileSync(file, file.endsWith('.json') ? `${JSON.stringify(report, null, 1)}\n` : reportMarkdown(report));
  return report.ok ? 0 : 1;
}

async function simulatedWorld(life: CommandLife): Promise<unknown> {
  const refused = whyNoSimulator(process.env);
  if (refused !== undefined) throw new WorldUnusable(refused);
  return (await openSimulator(life, () => new Date())).view();
}
