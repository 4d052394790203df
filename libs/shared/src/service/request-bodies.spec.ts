import { describe, expect, it } from '@jest/globals';
import { isTooDeep } from './request-bodies.js';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('bodies that nobody should have to read', () => {
  it('[P5.3] 32 levels are read, 33 are too deep', () => {
    expect(isTooDeep(nested(32))).toBe(false);
    expect(isTooDeep(nested(33))).toBe(true);
    expect(isTooDeep('{"a":'.repeat(33))).toBe(true);
  });

  it('[P5.3] brackets inside of texts are no levels, also after an escaped quote', () => {
    expect(isTooDeep(JSON.stringify({ text: nested(50).slice(0, 50), quoted: `"${'{'.repeat(50)}\\` }))).toBe(false);
  });

  it('[P5.3] lists beside each other do not add up', () => {
    expect(isTooDeep(JSON.stringify(Array.from({ length: 100 }, () => [{}])))).toBe(false);
  });
});
