import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { IdentityNumbers, isIdentityNumber, maskIdentityNumber } from './identity-numbers.js';

const keys = () => ({ key: randomBytes(32).toString('hex'), hashKey: randomBytes(32).toString('hex') });

describe('identity numbers', () => {
  it.each(['11010519491231002X', '440524188001010014', '999999198104120010'])(
    '[N16] %s has a possible birthday and the right check digit',
    (number) => {
      expect(isIdentityNumber(number)).toBe(true);
    },
  );

  it('[N16] any one wrong digit and any two neighbours exchanged are found', () => {
    const good = '11010519491231002X';
    for (let at = 0; at < 17; at += 1) {
      const digit = Number(good.charAt(at));
      const wrong = good.slice(0, at) + String((digit + 1) % 10) + good.slice(at + 1);
      expect(isIdentityNumber(wrong)).toBe(false);
      const [a, b] = [good.charAt(at), good.charAt(at + 1)];
      if (a !== b) expect(isIdentityNumber(good.slice(0, at) + b + a + good.slice(at + 2))).toBe(false);
    }
  });

  it.each([
    ['11010519491231002x', 'a small x'],
    ['110105194912310021', 'a wrong check digit'],
    ['110105194902300020', 'a day that does not exist'],
    ['110105491231002', '15 places'],
    ['11010519491231002X ', 'a blank at the end'],
    ['', 'nothing'],
  ])('[N16] %j is refused: %s', (number) => {
    expect(isIdentityNumber(number)).toBe(false);
  });

  it('[P5.3] people see the first three and the last four places', () => {
    expect(maskIdentityNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskIdentityNumber('12345678')).toBe('123*5678');
    expect(maskIdentityNumber('1234567')).toBe('*******');
  });

  it('[P5.3] what is encrypted comes back, and never looks the same twice', () => {
    const numbers = new IdentityNumbers(keys());
    fc.assert(
      fc.property(fc.string(), (text) => {
        const stored = numbers.encrypt(text);
        expect(numbers.decrypt(stored)).toBe(text);
        expect(numbers.encrypt(text).equals(stored)).toBe(false);
        if (text.length > 7) expect(stored.toString('utf8')).not.toContain(text);
      }),
      { numRuns: 30 },
    );
  });

  it('[P5.3] a changed byte or another key does not decrypt', () => {
    const numbers = new IdentityNumbers(keys());
    const stored = numbers.encrypt('11010519491231002X');
    for (const at of [0, 12, stored.length - 1]) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => numbers.decrypt(changed)).toThrow();
    }
    expect(() => new IdentityNumbers(keys()).decrypt(stored)).toThrow();
  });

  it('[P5.3] the hash finds the same number however it was typed, and is worth nothing without the key', () => {
    const ours = keys();
    const numbers = new IdentityNumbers(ours);
    const hash = numbers.hash('11010519491231002X');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(numbers.hash(' 11010519491231002x ')).toBe(hash);
    expect(numbers.hash('110105194912310021')).not.toBe(hash);
    expect(new IdentityNumbers({ ...ours, hashKey: keys().hashKey }).hash('11010519491231002X')).not.toBe(hash);
    expect(new IdentityNumbers({ ...ours, key: keys().key }).hash('11010519491231002X')).toBe(hash);
  });
});
