import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#shared/testing';
import { Random } from '../fuzz/random.js';
import { placesOf } from '../launcher/places.js';
import { testPortBase } from '../launcher/test-worlds.js';
import { HospitalBooks } from './story/hospital-books.js';
import { lookAtBothEnds } from './testing/hospital-day/both-ends.js';
import { HospitalNetwork } from './testing/hospital-day/hospital-network.js';
import { HospitalWindow } from './testing/hospital-day/hospital-window.js';
import { firstDay, openScene } from './testing/scene.js';

/** `YIDI_DAY=20000 YIDI_SEED=7 npm test -- hospital-day` for a longer day, or the same one again. */
const calls = Number(process.env['YIDI_DAY'] ?? '5000');
const seed = Number(process.env['YIDI_SEED'] ?? '20260302');
const windows = 16;
const kills = 4;
const minute = 60_000;
/** What the killed service had begun is taken over by the next one after a minute; nobody waits for it here. */
const minuteAhead = 61;

describe('a day of many hospitals', () => {
  const scene = openScene();

  it(
    `[N34 N38 P5.2 F1 F3] ${calls} calls of seed ${seed} with lost answers, repetitions, reversals and ${kills} killed services: every settlement that a hospital knows exists once, on all sides`,
    async () => {
      const { doors, services } = scene.world;
      const network = new HospitalNetwork(doors, { answerLost: 0.04, sentTwice: 0.04, reversalRaces: 0.01 });
      const books = new HospitalBooks(doors);
      const all = Array.from(
        { length: windows },
        (_, n) => new HospitalWindow(`W${n}-`, firstDay, network, books, new Random(seed + n)),
      );
      const work = async (window: HospitalWindow): Promise<void> => {
        while (network.calls < calls) await window.patient();
      };
      const kill = async (): Promise<void> => {
        const file = join(placesOf(testPortBase(process.env)).processes, 'settlement.json');
        const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number };
        const back = async (): Promise<void> => {
          process.kill(pid, 'SIGKILL');
          await sleep(200);
          await services.startAgain('settlement');
          // The first calls find connections to the one that was killed.
          await eventually(
            () =>
              doors.tellTime('settlement', minuteAhead).then(
                () => true,
                () => false,
              ),
            (told) => told,
          );
        };
        const open = back();
        network.closeUntil(open);
        await open;
      };
      const trouble = async (): Promise<void> => {
        for (let n = 1; n <= kills; n += 1) {
          while (network.calls < (calls * n) / (kills + 1)) await sleep(20);
          await kill();
        }
      };
      await Promise.all([trouble(), ...all.map(work)]);
      await doors.untilQuiet();

      expect(network.wrong).toEqual([]);
      // A patient can lie in one bed only; nothing else is ever refused.
      const refusals = new Set(all.flatMap(({ refusals: counted }) => [...counted.keys()]));
      expect([...refusals].filter((code) => code !== '2401 ALREADY_ADMITTED_HERE')).toEqual([]);
      const ends = await lookAtBothEnds(scene.world);
      expect(ends.disagreements).toEqual([]);
      const known = all.flatMap(({ standing }) => [...standing].map(([visitId, fund]) => `${visitId} ${fund}`)).sort();
      expect(ends.standing).toEqual(known);
      expect(known.length).toBeGreaterThan(calls / 20);
      for (const hospital of ['H-BJ3', 'H-ZZ2', 'H-SH3'] as const) {
        const statements = await books.sendTotals(hospital, firstDay);
        expect(statements.map(({ balanced, text }) => [balanced, text])).toEqual(
          statements.map(({ text }) => [true, text]),
        );
      }
    },
    20 * minute,
  );
});
