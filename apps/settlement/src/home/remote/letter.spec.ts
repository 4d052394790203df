import { describe, expect, it } from '@jest/globals';
import { openLetter, sealLetter, senderOf } from './letter.js';

const key = 'ab'.repeat(32);
const now = new Date('2026-03-10T02:00:00Z');
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
const letter = { from: 'shanghai', to: 'hunan', call: 'trials', body: { a: '1' } };

describe('a letter between deployments', () => {
  it('[N44] is opened by whom it is for, with the key of both, for the call that it names', async () => {
    const sealed = await sealLetter(letter, key, now);
    expect(senderOf(sealed)).toBe('shanghai');
    expect(await openLetter(sealed, letter, key, now)).toEqual({ a: '1' });
    await expect(openLetter(sealed, letter, 'cd'.repeat(32), now)).rejects.toThrow();
    await expect(openLetter(sealed, { ...letter, to: 'hubei' }, key, now)).rejects.toThrow();
    await expect(openLetter(sealed, { ...letter, from: 'hubei' }, key, now)).rejects.toThrow();
    await expect(openLetter(sealed, { ...letter, call: 'refunds' }, key, now)).rejects.toThrow();
    expect(senderOf('nothing')).toBeUndefined();
  });

  it('[N44] is good for a minute, and a minute more for clocks that differ: 119 s is opened, 121 s is not', async () => {
    const sealed = await sealLetter(letter, key, now);
    expect(await openLetter(sealed, letter, key, after(119))).toEqual({ a: '1' });
    await expect(openLetter(sealed, letter, key, after(121))).rejects.toThrow();
  });
});
