import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatYuan } from '../money/index.js';
import { alias, EnvelopeProblem, list, node, optional, optionalList, orFlat, usual } from './field.js';
import { area, bytes, code, count, dateTime, day, decimal, extension, flag, text, yuan } from './kinds.js';
import { readShape } from './read.js';
import { interfaceTable, notOffered, infnoOfPath } from './table.js';
import type { TransactionForm } from './transaction-form.js';

const one = <F>(field: F, value: unknown): unknown =>
  (
    readShape({ data: node('数据', { x: field as never }) }, { data: { x: value } }, 'input') as {
      data: { x: unknown };
    }
  ).data.x;
const flawOf = (field: object, value: unknown): string => {
  try {
    one(field, value);
  } catch (error) {
    if (error instanceof EnvelopeProblem) return error.detail;
    throw error;
  }
  return 'fine';
};

describe('reading what hospitals send', () => {
  it.each([
    [text('文本', 5), ' ab ', 'ab'],
    [text('文本', 5), 12.5, '12.5'],
    [code('凭证', 3, 't', 2), '1', '01'],
    [code('凭证', 3, 't', 2), 1, '01'],
    [code('凭证', 3, 't', 2), 'A', 'A'],
    [flag('标志'), '01', true],
    [flag('标志'), 1, true],
    [flag('标志'), '0', false],
    [area('区划'), 430100, '430100'],
    [yuan('金额'), '12.3', 1230n],
    [yuan('金额'), 0.1 + 0.2, 30n],
    [yuan('金额'), -12860.5, -1286050n],
    [decimal('数量', '16,4'), '4.0', '4'],
    [decimal('数量', '16,4'), 2.5, '2.5'],
    [decimal('数量', '16,4'), 0.1 + 0.2, '0.3'],
    [count('笔数', 4), '007', 7],
    [count('笔数', 4), '12.0', 12],
    [day('日期'), '2026-03-02 10:00:00', '2026-03-02'],
    [dateTime('时间'), '2026/03/02T10:05', '2026-03-02 10:05:00'],
    [dateTime('时间'), '2026-03-02', '2026-03-02 00:00:00'],
    [extension(), '{"er_flag":"1"}', { er_flag: '1' }],
    [extension(), 'no JSON', {}],
    [bytes('文件'), [-1, 255, 0], Uint8Array.from([255, 255, 0])],
    [bytes('文件'), 'AQI=', Buffer.from([1, 2])],
  ])('[P5.2] %o reads %p as %p', (field, written, meant) => {
    expect(one(field, written)).toEqual(meant);
  });

  it.each([
    [text('文本', 5), 'abcdef', '超过 5 个字'],
    [text('文本', 5), 'a\u0000b', '不能使用的字符'],
    [text('文本', 5), '\ud800', '不能使用的字符'],
    [text('文本', 5), { a: 1 }, '应为文本或数字'],
    [area('区划'), '4301', '6 位'],
    [yuan('金额'), '12.345', '两位小数'],
    [yuan('金额'), 12.345, '两位小数'],
    [yuan('金额'), '1e3', '两位小数'],
    [yuan('金额'), 1e21, '两位小数'],
    [yuan('金额'), Number.NaN, '两位小数'],
    [decimal('数量', '16,4'), '1.00005', '4 位小数'],
    [count('笔数', 4), '12345', '4 位的整数'],
    [count('笔数', 4), '-1', '整数'],
    [day('日期'), '2026-02-29', '不是存在的日期'],
    [dateTime('时间'), '2026-03-02 25:00:00', '不是存在的时间'],
    [bytes('文件'), [256], 'Base64'],
  ])('[P5.2] %o refuses %p in words', (field, written, words) => {
    expect(flawOf(field, written)).toContain(words);
  });

  it('[P5.2] missing, null and empty are the same; only what is needed is refused then', () => {
    const shape = { data: node('数据', { a: optional(text('甲', 5)), b: usual(yuan('乙')), c: text('丙', 5) }) };
    for (const nothing of [{}, { a: '', b: null }, { a: '  ' }])
      expect(readShape(shape, { data: { ...nothing, c: 'x' } }, 'input').data).toEqual({ a: null, b: null, c: 'x' });
    expect(() => readShape(shape, { data: { c: ' ' } }, 'input')).toThrow('字段 input.data.c（丙）缺失');
  });

  it('[P5.2] other spellings, nodes as texts, one row for a list, a node left out', () => {
    const shape = {
      data: orFlat(node('数据', { a: alias(text('甲', 5), 'A2') })),
      rows: list('行', { n: text('号', 5) }),
      more: optionalList('更多', { n: text('号', 5) }),
    };
    expect(readShape(shape, { A2: 'x', rows: { n: 1 } }, 'input')).toEqual({
      data: { a: 'x' },
      rows: [{ n: '1' }],
      more: [],
    });
    expect(readShape(shape, { data: '{"a":"y"}', rows: '[{"n":"2"}]', more: '' }, 'input')).toMatchObject({
      data: { a: 'y' },
      rows: [{ n: '2' }],
    });
    expect(() => readShape(shape, { data: { a: 'x' }, rows: [] }, 'input')).toThrow('节点 input.rows 缺失或为空');
    const long = Array.from({ length: 1001 }, () => ({ n: '1' }));
    expect(() => readShape(shape, { data: { a: 'x' }, rows: long }, 'input')).toThrow('最多 1000 行');
  });

  it('[P5.2] an amount survives the way as text and as number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), (fen) => {
        expect(one(yuan('金额'), formatYuan(fen))).toBe(fen);
        expect(one(yuan('金额'), Number(formatYuan(fen)))).toBe(fen);
      }),
    );
  });
});

describe('the table of transactions', () => {
  const forms = Object.entries(interfaceTable) as [string, TransactionForm][];

  it('[H81 H82] every number that is asked for is there, or says that it is not offered', () => {
    const asked =
      '9001 9002 1101 1201 1312 1318 1319 1901 2001 2201 2202 2203 2204 2205 2206 2207 2208 2401 2402 2403 2404 2405 ' +
      '2301 2302 2303 2304 2305 2501 2502 2503 2504 2601 3201 3202 4201A 4202 4203 4204 4205 4206 4207 4208 4209 ' +
      '5201 5202 5203 5204 5205 5206 5301 5302 5303 5304 9101 9102';
    const known = new Set([...Object.keys(interfaceTable), ...Object.keys(notOffered)]);
    expect(asked.split(' ').filter((infno) => !known.has(infno))).toEqual([]);
  });

  it.each(forms)('[P5.2] %s: what changes something says whether it can be reversed', (_, { kind, reversal }) => {
    expect(reversal === 'nothing-to-undo').toBe(kind === 'query' || kind === 'stream');
    if (typeof reversal === 'object') expect(reversal.instead).toMatch(/[\u4e00-\u9fff]/);
  });

  it('[P5.2] an address of the bus belongs to one transaction', () => {
    const paths = forms.flatMap(([, { paths }]) => paths);
    expect(new Set(paths).size).toBe(paths.length);
    expect(infnoOfPath('outpatientSettleService/cancleSettletment')).toBe('2208');
  });

  it('[A13] an answer with a key more, a key less or a text for an amount is outside the interface', () => {
    const form = interfaceTable['9002'];
    const good = { signoutoutb: { sign_time: '2026-03-02 10:00:00' } };
    expect(form.answerProblems(good)).toEqual([]);
    for (const wrong of [{}, { ...good, more: 1 }, { signoutoutb: { sign_time: null } }, { signoutoutb: {} }])
      expect(form.answerProblems(wrong)).not.toEqual([]);
  });
});
