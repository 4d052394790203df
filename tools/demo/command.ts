import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '#shared/contracts';
import type { CommandLife } from '../launcher/command-life.js';
import { causeOf, placesOf } from '../launcher/places.js';
import { startWorld } from '../launcher/world.js';
import { differences } from './compare.js';
import { Doors } from './doors.js';
import { readMonth } from './report.js';
import { StoryBroken } from './story-broken.js';
import { playMonth } from './story/play-month.js';
import { ConsoleTeller } from './teller.js';

const megabyteLimit = 300;

/**
 * 演示: one month of real money from the first filing to the last transfer, read back through the public doors and
 * compared with the expected figures. `--report <file>` writes the month's report as JSON. Fails on a single fen.
 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const reportFile = optionValue(args, '--report');
  const world = await startWorld({ fresh: true, databaseName: 'yidi_demo', signal: life.signal });
  life.stops.add(() => world.stop());
  const teller = new ConsoleTeller((line) => {
    console.log(line);
  });
  const doors = new Doors({ urls: world.urls, mint: (who) => world.tokens.mint(who) });
  const begun = performance.now();
  try {
    const failure = world.failed.then((fault: unknown) =>
      Promise.reject(fault instanceof Error ? fault : new Error(String(fault))),
    );
    const { settled } = await Promise.race([playMonth(doors, teller), failure]);
    const month = await readMonth(doors, settled);
    const story = (performance.now() - begun) / 1000;
    const expected: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'expected-month.json'), 'utf8'));
    const wrong = [
      ...differences(expected, month),
      ...month.invariants
        .filter(({ holds }) => !holds)
        .map(({ id, text, left, right }) => `${id} ${text}: ${left} ≠ ${right}`),
      ...Object.entries(month.messages)
        .filter(([, { deadLettered }]) => deadLettered > 0)
        .map(([topic]) => `${topic}: dead letters`),
    ];
    const seconds = { ...world.seconds, story };
    if (reportFile !== undefined) {
      const report = { ok: wrong.length === 0, ...month, servers: world.found, seconds };
      writeFileSync(reportFile, `${JSON.stringify(report, null, 1)}\n`);
    }
    teller.step('核对', 'Every figure read back and compared');
    for (const line of wrong) teller.say(`✗ ${line}`);
    teller.say(
      wrong.length === 0
        ? `✓ 全部金额与日期一致；${month.invariants.length} 条恒等式成立 (every fen and date as expected)`
        : `✗ ${wrong.length} 处不符`,
    );
    const memory = await world.services.residentMegabytes();
    const ready = world.services.secondsToReady;
    teller.table(
      ['服务 service', '就绪 s', '内存 MB'],
      Object.entries(memory).map(([service, megabytes]) => [
        service,
        ready[service as ServiceName].toFixed(1),
        megabytes?.toFixed(0) ?? '?',
      ]),
    );
    if (Object.values(memory).some((megabytes) => megabytes !== undefined && megabytes > megabyteLimit))
      teller.say(`! 有服务超过 ${megabyteLimit} MB`);
    teller.say(
      `用时 seconds: ${Object.entries(seconds)
        .map(([part, value]) => `${part} ${value.toFixed(1)}`)
        .join('，')}`,
    );
    return wrong.length === 0 ? 0 : 1;
  } catch (error) {
    const cause = causeOf(error, placesOf(world.portBase));
    if (!(cause instanceof StoryBroken)) throw cause;
    teller.say(`✗ ${cause.message}`);
    return 1;
  }
}

function optionValue(args: readonly string[], name: string): string | undefined {
  const index = args.indexOf(name);
  return index === -1 ? args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) : args[index + 1];
}
