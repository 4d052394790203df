import { describe, expect, it } from '@jest/globals';
import { EnvelopeProblem, MessageNode } from './message-node.js';

const node = (raw: object): MessageNode => MessageNode.of(raw, 'data');
const problem = (read: () => unknown): string => {
  try {
    read();
    return 'fine';
  } catch (error) {
    if (error instanceof EnvelopeProblem) return error.detail;
    throw error;
  }
};

describe('what hospitals send in their ways', () => {
  it('[P5.2] a node may be an object or its text; nothing else is a node', () => {
    expect(MessageNode.of('{"a":"1"}', 'x').text('a')).toBe('1');
    for (const value of [undefined, null, 5, [], '[]', '5', '"a"'])
      expect(problem(() => MessageNode.of(value, 'input'))).toBe('节点 input 缺失或不是对象');
    expect(problem(() => MessageNode.of('{', 'input'))).toBe('节点 input 不是有效的 JSON');
  });

  it('[P5.2] missing, null and empty are the same nothing; blanks around a text do not count', () => {
    const read = node({ a: null, b: '', c: '  x ', d: 12.5, e: true, f: {} });
    expect(['missing', 'a', 'b', 'c', 'd', 'e', 'f'].map((name) => read.text(name))).toEqual([
      '',
      '',
      '',
      'x',
      '12.5',
      '',
      '',
    ]);
  });

  it('[P5.2] a needed field that is missing is named by its path, its content never shown', () => {
    expect(problem(() => node({}).need('psn_no'))).toBe('字段 data.psn_no 缺失');
    expect(problem(() => node({ certno: '11010519491231002X' }).yuan('certno'))).toBe(
      '字段 data.certno 不是两位小数的金额',
    );
    expect(problem(() => node({ inner: {} }).node('inner').need('a'))).toBe('字段 data.inner.a 缺失');
    expect(
      problem(() =>
        node({ rows: [{ a: '1' }, {}] })
          .list('rows')
          .map((row) => row.need('a')),
      ),
    ).toBe('字段 data.rows[1].a 缺失');
  });

  it('[P5.2] a text of the greatest length is taken, one character more is not', () => {
    expect(node({ a: 'x'.repeat(30) }).need('a', 30)).toHaveLength(30);
    expect(problem(() => node({ a: 'x'.repeat(31) }).need('a', 30))).toBe('字段 data.a 超过 30 个字');
    expect(problem(() => node({ a: 'x'.repeat(2001) }).text('a'))).toBe('字段 data.a 超过 2000 个字');
  });

  it('[P5.2] a list may be a single object; a missing one is refused, an empty one is empty', () => {
    expect(
      node({ rows: { a: '1' } })
        .list('rows')
        .map((row) => row.text('a')),
    ).toEqual(['1']);
    expect(node({ rows: [] }).list('rows')).toEqual([]);
    expect(problem(() => node({}).list('rows'))).toBe('节点 data.rows 缺失或不是列表');
    expect(problem(() => node({ rows: ['x'] }).list('rows'))).toBe('节点 data.rows[0] 不是有效的 JSON');
    expect([node({ a: {} }).has('a'), node({ a: [] }).has('a'), node({ a: 'x' }).has('a')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    [12.34, 1_234n],
    ['12.34', 1_234n],
    [' 12.3400 ', 1_234n],
    [-5, -500n],
    [0, 0n],
  ])('[P5.2] the amount %j is read to the fen', (value, fen) => {
    expect(node({ a: value }).yuan('a')).toBe(fen);
  });

  it.each([12.345, '1,234.00', '1e3', 1e21, 0.1 + 0.2, 'null', '', null, true])('[P5.2] %j is no amount', (value) => {
    expect(problem(() => node({ a: value }).yuan('a'))).toMatch(/不是两位小数的金额|缺失/);
  });

  it('[P5.2] quantities have up to twelve digits and six decimals', () => {
    expect(node({ a: '123456789012.123456' }).decimal('a')).toBe('123456789012.123456');
    for (const value of ['1234567890123', '1.1234567', '1.', '.5', '+1', 1e-7])
      expect(problem(() => node({ a: value }).decimal('a'))).toBe('字段 data.a 不是数字');
  });

  it('[P5.2] counts are whole and not negative', () => {
    expect([node({ a: 7 }).count('a'), node({ a: '007' }).count('a')]).toEqual([7, 7]);
    for (const value of [-1, 1.5, '1234567890', 'x'])
      expect(problem(() => node({ a: value }).count('a'))).toBe('字段 data.a 不是整数');
  });

  it('[P5.2] a day may have its time behind it, and must exist', () => {
    expect(node({ a: '2026-03-16 23:59:59' }).day('a')).toBe('2026-03-16');
    for (const value of ['2026-02-29', '2026-13-01', '20260316', '16.03.2026'])
      expect(problem(() => node({ a: value }).day('a'))).toBe('字段 data.a 不是存在的日期');
  });

  it('[N34] a flag is set by 1, as text or number, and by nothing else', () => {
    expect([1, '1', ' 1 '].map((value) => node({ a: value }).flag('a'))).toEqual([true, true, true]);
    expect([0, '0', true, 'true', null, undefined].some((value) => node({ a: value }).flag('a'))).toBe(false);
  });
});
