import { describe, expect, it } from '@jest/globals';
import { injuryGround } from './injury-ground.js';
import type { InjuryFacts } from './injury-ground.js';

const ground = (given: Partial<InjuryFacts>): string =>
  injuryGround({ medType: '21', injured: false, thirdParty: false, committed: false, ...given }).value;

describe('on what an injury is settled', () => {
  it.each([
    ['no flag, an ordinary stay', {}, 'none'],
    ['an injury with the signed commitment', { injured: true, committed: true }, 'committed'],
    ['the same without it', { injured: true }, 'uncommitted'],
    ['a third party, commitment or not', { injured: true, thirdParty: true, committed: true }, 'third-party'],
    ['a third party without the injury flag', { thirdParty: true }, 'third-party'],
    ['外伤住院 without the flag', { medType: '22' }, 'uncommitted'],
    ['意外伤害门诊 without the flag', { medType: '19', committed: true }, 'committed'],
    ['a commitment that nobody needs', { committed: true }, 'none'],
  ] as const)('[N35 H56 A11] %s', (_, given, expected) => {
    expect(ground(given)).toBe(expected);
  });
});
