import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { atShanghai } from '../clock/index.js';
import { hospitalSignature, isSignedBy, signatureHeaders, signatureWindowSeconds } from './hospital-signature.js';

const now = atShanghai('2026-03-16', '10:00');
const seconds = Math.floor(now.getTime() / 1000);
const signed = (secret: string, timestamp = String(seconds), nonce = 'n-1') => ({
  paasid: 'H1',
  timestamp,
  nonce,
  signature: hospitalSignature(secret, timestamp, nonce),
});

describe('signatures of the hospitals', () => {
  it('[P5.3] the signature is SHA-256 over timestamp, secret, nonce, timestamp', () => {
    const expected = createHash('sha256').update('1700000000s3cretabc1700000000').digest('hex');
    expect(hospitalSignature('s3cret', '1700000000', 'abc')).toBe(expected);
  });

  it('[P5.3] the right secret signs, also in capitals; another secret, nonce or timestamp does not', () => {
    const good = signed('s3cret');
    expect(isSignedBy(['s3cret'], good, now)).toBe(true);
    expect(isSignedBy(['s3cret'], { ...good, signature: good.signature.toUpperCase() }, now)).toBe(true);
    expect(isSignedBy(['other'], good, now)).toBe(false);
    expect(isSignedBy(['s3cret'], { ...good, nonce: 'n-2' }, now)).toBe(false);
    expect(isSignedBy(['s3cret'], { ...good, timestamp: String(seconds + 1) }, now)).toBe(false);
    expect(isSignedBy(['s3cret'], { ...good, signature: good.signature.slice(1) }, now)).toBe(false);
    expect(isSignedBy([], good, now)).toBe(false);
  });

  it('[P5.3] during a change-over either of two secrets is good', () => {
    expect(isSignedBy(['new', 'old'], signed('old'), now)).toBe(true);
    expect(isSignedBy(['new', 'old'], signed('new'), now)).toBe(true);
  });

  it.each([-1, 1])('[P5.3] 300 seconds off are accepted, 301 are not (sign %i)', (sign) => {
    const off = (by: number): boolean => isSignedBy(['s'], signed('s', String(seconds + sign * by)), now);
    expect([off(signatureWindowSeconds), off(signatureWindowSeconds + 1)]).toEqual([true, false]);
  });

  it.each(['', '1e9', '-5', '17000000000000', 'abc'])('[P5.3] the timestamp %j is refused', (timestamp) => {
    expect(isSignedBy(['s'], signed('s', timestamp), now)).toBe(false);
  });

  const headers = { 'x-tif-paasid': 'H1', 'x-tif-timestamp': '1', 'x-tif-nonce': 'n', 'x-tif-signature': 's' };

  it('[P5.3] all four headers are read', () => {
    expect(signatureHeaders(headers)).toEqual({ paasid: 'H1', timestamp: '1', nonce: 'n', signature: 's' });
  });

  it.each(Object.keys(headers))('[P5.3] %s missing, empty, doubled or absurdly long is no signature', (name) => {
    const { [name]: _left, ...without } = headers as Record<string, string>;
    expect(signatureHeaders(without)).toBeUndefined();
    expect(signatureHeaders({ ...headers, [name]: '' })).toBeUndefined();
    expect(signatureHeaders({ ...headers, [name]: ['a', 'b'] })).toBeUndefined();
    expect(signatureHeaders({ ...headers, [name]: 'x'.repeat(200) })).toBeDefined();
    expect(signatureHeaders({ ...headers, [name]: 'x'.repeat(201) })).toBeUndefined();
  });
});
