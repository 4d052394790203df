import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../testing/index.js';
import type { Envelope } from './envelope.js';
import { crashPoints } from './testing/crash-points.js';
import type { CrashPoint } from './testing/crash-points.js';
import { expectedState, probeState } from './testing/probe-events.js';
import { lifeEvents, ProbeLife, sessionTimeoutMs } from './testing/probe-life.js';
import { Topics } from './testing/topics.js';

const undisturbed = expectedState(lifeEvents);

/** Which time each point is reached when the process dies; late enough that things are under way. */
const times: Record<CrashPoint, number> = {
  received: 9,
  'before-effect': 9,
  'after-effect': 9,
  committed: 9,
  'before-send': 2,
  sent: 2,
  'before-dead-letter': 1,
  'dead-letter-sent': 1,
};

const anyMoments = [
  ['some moment', 40],
  ['some later moment', 230],
] as const;

interface Outcome {
  readonly endings: string[];
  readonly state: object;
  readonly counts: object;
  readonly answers: Envelope[];
}

async function outcomeOf(life: ProbeLife, endings: string[]): Promise<Outcome> {
  await life.settled();
  const state = await life.test.database.transaction(probeState);
  return { endings, state, counts: await life.counts(), answers: await life.answers() };
}

const distinct = (answers: readonly Envelope[]): string[] => [...new Set(answers.map(({ id }) => id))];

describe('a process that is killed', () => {
  let topics: Topics;
  const outcomes = new Map<string, Promise<Outcome>>();

  /** The scenarios wait for Kafka to miss the dead member, so they all run at once. */
  beforeAll(() => {
    topics = new Topics();
    const play = (name: string, scenario: (life: ProbeLife) => Promise<string[]>): void => {
      const outcome = ProbeLife.begin(topics).then(async (life) => {
        try {
          return await outcomeOf(life, await scenario(life));
        } finally {
          await life.end();
        }
      });
      outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    };
    for (const point of crashPoints) {
      play(point, async (life) => {
        await life.put();
        const ending = await life.start({ point, at: times[point] }).ended;
        life.start();
        return [ending];
      });
    }
    play('the active one of two', async (life) => {
      const active = life.start({ point: 'sent', at: 2 });
      await eventually(
        () => life.members(),
        (members) => members === 1,
        50,
      );
      life.start();
      await eventually(
        () => life.members(),
        (members) => members === 2,
        50,
      );
      await life.put();
      return [await active.ended];
    });
    for (const [name, afterMs] of anyMoments) {
      play(name, async (life) => {
        await life.put();
        const child = life.start();
        await eventually(
          () => life.counts(),
          ({ inbox }) => Number(inbox) > 0,
          50,
        );
        await sleep(afterMs);
        child.kill('SIGKILL');
        life.start();
        return [await child.ended];
      });
    }
    play('frozen', async (life) => {
      const frozen = life.start();
      await eventually(
        () => life.members(),
        (members) => members === 1,
        50,
      );
      await life.put();
      await eventually(
        () => life.counts(),
        ({ inbox }) => Number(inbox) > 3,
        50,
      );
      frozen.kill('SIGSTOP');
      life.start();
      await sleep(sessionTimeoutMs + 3_000);
      frozen.kill('SIGCONT');
      return [];
    });
  });
  afterAll(async () => {
    await Promise.allSettled(outcomes.values());
    await topics.close();
  });

  const expectUndisturbed = ({ state, counts, answers }: Outcome): void => {
    expect(state).toEqual(undisturbed);
    const all = lifeEvents.length;
    expect(counts).toEqual({ inbox: all, outbox: 0, dead: 1, attempts: 0, published: all, consumed: all });
    expect(distinct(answers)).toHaveLength(all);
    expect(new Set(answers.map(({ causationId }) => causationId)).size).toBe(all);
  };
  const outcomeFor = (name: string): Promise<Outcome> =>
    outcomes.get(name) ?? Promise.reject(new Error(`nobody played "${name}"`));

  it.each([...crashPoints, 'the active one of two', ...anyMoments.map(([name]) => name)])(
    '[D5 F1 F2] killed at "%s": state and answers are those of an undisturbed run',
    async (name) => {
      const outcome = await outcomeFor(name);
      expect(outcome.endings).toEqual(['signal SIGKILL']);
      expectUndisturbed(outcome);
    },
    90_000,
  );

  it('[D5 F2] what was sent and not deleted is sent again, under the id it had', async () => {
    const { answers } = await outcomeFor('sent');
    expect(answers.length).toBeGreaterThan(distinct(answers).length);
  });

  it('[D5 F7 F15] a process that stood still while another took over does nothing twice when it wakes', async () => {
    expectUndisturbed(await outcomeFor('frozen'));
  }, 90_000);
});
