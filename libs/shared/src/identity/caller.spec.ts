import { describe, expect, it } from '@jest/globals';
import { atShanghai } from '../clock/index.js';
import { isWithin, scopeOf } from './caller.js';
import { samePerson } from './maker-checker.js';
import { isRole } from './roles.js';
import { isServiceCall, signServiceCall } from './service-call.js';

describe('who may see what', () => {
  it.each([
    ['000000', '*', ['000000', '110000', '430100', '439900']],
    ['430000', '43', ['430000', '430100', '439900', '430102']],
    ['430100', '4301', ['430100', '430102']],
    ['439900', '4399', ['439900']],
    ['430102', '430102', ['430102']],
  ])('[N57] agency %s sees areas that begin with %s', (agency, prefix, own) => {
    const scope = scopeOf(agency);
    expect(scope.prefix).toBe(prefix);
    expect(own.every((area) => isWithin(scope, area))).toBe(true);
  });

  it('[N57] an agency sees neither its neighbour nor the level above', () => {
    expect(isWithin(scopeOf('430100'), '430200')).toBe(false);
    expect(isWithin(scopeOf('430100'), '430000')).toBe(false);
    expect(isWithin(scopeOf('430000'), '440000')).toBe(false);
    expect(isWithin(scopeOf('430000'), '000000')).toBe(false);
  });

  it('[P5.3] the same person cannot be maker and checker', () => {
    expect(samePerson('a', 'a')).toMatchObject({ code: 'SAME_PERSON' });
    expect(samePerson('a', 'b')).toBeUndefined();
  });

  it('[P5.3] a role is one of the list, and not a word that every object knows', () => {
    expect([isRole('clearing.read'), isRole('clearing.write')]).toEqual([true, false]);
    expect([isRole('toString'), isRole('constructor'), isRole('__proto__')]).toEqual([false, false, false]);
  });
});

describe('the call from service to service', () => {
  const key = 'ab'.repeat(32);
  const now = atShanghai('2026-03-16', '10:00');
  const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

  it('[P5.3] a signed path is good for a minute, and only for that path and key', () => {
    const headers = signServiceCall(key, '/internal/persons/1', now);
    expect(isServiceCall(key, '/internal/persons/1', headers, now)).toBe(true);
    expect(
      [later(60), later(61), later(-60), later(-61)].map((at) =>
        isServiceCall(key, '/internal/persons/1', headers, at),
      ),
    ).toEqual([true, false, true, false]);
    expect(isServiceCall(key, '/internal/persons/2', headers, now)).toBe(false);
    expect(isServiceCall('cd'.repeat(32), '/internal/persons/1', headers, now)).toBe(false);
  });

  it('[P5.3] missing, doubled or malformed headers are no call of ours', () => {
    const headers = signServiceCall(key, '/p', now);
    expect(isServiceCall(key, '/p', {}, now)).toBe(false);
    expect(isServiceCall(key, '/p', { ...headers, 'x-yidi-signature': ['a', 'b'] }, now)).toBe(false);
    expect(isServiceCall(key, '/p', { ...headers, 'x-yidi-signature': 'short' }, now)).toBe(false);
    expect(isServiceCall(key, '/p', { ...headers, 'x-yidi-timestamp': 'NaN' }, now)).toBe(false);
  });
});
