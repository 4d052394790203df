import { describe as suite, expect, it } from '@jest/globals';
import { catalogue, describe, orThrow, refuse, RefusedException } from './index.js';

suite('the error catalogue', () => {
  it.each(Object.entries(catalogue))('[H83] %s says in Chinese what is wrong and what to do next', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(entry.text).toMatch(/[\u4e00-\u9fff]/);
    expect(entry.next).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(entry.articles.length).toBeGreaterThan(0);
    expect(entry.text.length).toBeLessThanOrEqual(80);
  });

  it('[H83] arguments are filled into the text', () => {
    expect(describe(refuse('NOT_FOUND', { what: '备案' })).message).toBe('没有找到备案。');
  });

  it('[H83] a refusal leaves a controller as an exception that carries only the code', () => {
    expect(() => orThrow(refuse('BUSY'))).toThrow(RefusedException);
    expect(orThrow('fine')).toBe('fine');
  });
});
