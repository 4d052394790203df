import { describe, expect, it } from '@jest/globals';
import type { MatterEvent, MatterState } from './matter.js';
import { matterStateNames, matterTransitions } from './matter.transitions.js';

const states = Object.keys(matterStateNames) as MatterState[];
const events: MatterEvent[] = ['answer', 'agree', 'dispute', 'lapse', 'close'];

describe('the life of a matter', () => {
  it('[N59 N38] of all pairs just these are legal, each with its outcome', () => {
    const legal = states.flatMap((state) =>
      events.flatMap((event) => {
        const next = matterTransitions.next(state, event);
        return next === undefined ? [] : [`${state} -${event}-> ${next}`];
      }),
    );
    expect(legal).toEqual([
      'open -answer-> answered',
      'open -close-> closed',
      'answered -agree-> confirmed',
      'answered -dispute-> disputed',
      'answered -lapse-> confirmed',
      'answered -close-> closed',
      'disputed -answer-> answered',
      'disputed -close-> closed',
    ]);
  });
});
