import { describe, expect, it } from '@jest/globals';
import { table, unreachableStates } from './index.js';

const door = table<'open' | 'closed' | 'locked', 'close' | 'open' | 'lock'>([
  { from: 'open', on: 'close', to: 'closed', article: 'N13' },
  { from: 'closed', on: 'open', to: 'open', article: 'N13' },
  { from: 'closed', on: 'lock', to: 'locked', article: 'N13' },
]);

describe('lifecycles', () => {
  it('[N13] only a row of the table changes a state', () => {
    expect(door.next('open', 'close')).toBe('closed');
    expect(door.next('open', 'lock')).toBeUndefined();
    expect([door.allows('closed', 'lock'), door.allows('locked', 'open')]).toEqual([true, false]);
  });

  it('[N13] two rows for one pair are no lifecycle', () => {
    const row = { from: 'a', on: 'x', to: 'b', article: 'N13' } as const;
    expect(() => table([row, { ...row, to: 'c' as const }])).toThrow('two transitions');
  });

  it('[N13] a state that nothing reaches is found', () => {
    expect(unreachableStates(door, ['open'])).toEqual([]);
    expect(unreachableStates(door, ['locked']).sort()).toEqual(['closed', 'open']);
  });
});
