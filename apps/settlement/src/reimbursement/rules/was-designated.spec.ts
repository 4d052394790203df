import { describe, expect, it } from '@jest/globals';
import { wasDesignated } from './was-designated.js';

const suspended = { from: 'active', on: '2026-03-10' } as const;
const resumed = { from: 'suspended', on: '2026-03-20' } as const;

describe('whether an institution was on the network when the treatment ended', () => {
  it('[H20(5)] suspended on the 10th, resumed on the 20th: the 9th and the 20th count, the days between do not', () => {
    const then = (day: string): boolean => wasDesignated('active', [suspended, resumed], day);
    expect(['2026-03-09', '2026-03-10', '2026-03-19', '2026-03-20'].map(then)).toEqual([true, false, false, true]);
  });

  it('[H20(5)] ended since does not touch what was before; taken up since counts as before', () => {
    const ended = { from: 'active', on: '2026-04-01' } as const;
    expect([wasDesignated('ended', [ended], '2026-03-31'), wasDesignated('ended', [ended], '2026-04-01')]).toEqual([
      true,
      false,
    ]);
    expect(wasDesignated('active', [{ from: null, on: '2026-04-01' }], '2026-03-31')).toBe(true);
    expect(wasDesignated('applied', [], '2026-03-31')).toBe(false);
  });
});
