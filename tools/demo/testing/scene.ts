import { afterAll, beforeAll } from '@jest/globals';
import { playOpening } from '../story/play-opening.js';
import type { Stage } from '../story/stage.js';
import { silentTeller } from '../teller.js';
import { Refusals } from './refusals.js';
import { startMilliseconds, startTestWorld } from './test-world.js';
import type { TestWorld } from './test-world.js';

/** The day on which the opening leaves the clock. */
export const firstDay = '2026-03-02';

/** What the tests of one file share: a running world after the opening, and the eye on what is refused. */
export interface Scene {
  readonly world: TestWorld;
  readonly stage: Stage;
  readonly refusals: Refusals;
}

/** Starts the world before the tests of a file and stops it after them; its parts exist only in between. */
export function openScene(): Scene {
  let running: Scene | undefined;
  const now = (): Scene => {
    if (running === undefined) throw new Error('the scene opens before the tests, not before their descriptions');
    return running;
  };
  beforeAll(async () => {
    const world = await startTestWorld();
    const stage = await playOpening(world.doors, silentTeller);
    running = { world, stage, refusals: new Refusals(world) };
  }, startMilliseconds);
  afterAll(() => running?.world.stop(), startMilliseconds);
  return {
    get world() {
      return now().world;
    },
    get stage() {
      return now().stage;
    },
    get refusals() {
      return now().refusals;
    },
  };
}
