import { describe, expect, it } from '@jest/globals';
import { checkItem } from './check-item.js';

const item = {
  code: 'XA01AAA000A001010100001',
  name: '示例药',
  category: '09',
  class: 'B',
  firstPayRatio: '0.10',
  priceLimitPerUnit: null,
};

describe('a row of a catalogue', () => {
  it('[N31] a good row is taken, with its limit in fen', () => {
    expect(checkItem({ ...item, priceLimitPerUnit: '45.5' })).toEqual({
      ...{ code: item.code, name: item.name, category: '09', class: 'B', firstPayRatio: '0.10', priceLimitFen: 4_550n },
      ...{ levelLimits: {}, diseases: [] },
    });
    expect(checkItem(item)).toMatchObject({ priceLimitFen: null });
    expect(checkItem({ ...item, priceLimitPerUnit: '0.00' })).toMatchObject({ priceLimitFen: 0n });
  });

  it.each([
    ['category', '00', '收费类别 00 不在 14 类之内'],
    ['category', '15', '收费类别 15 不在 14 类之内'],
    ['class', 'D', '目录等级应为 A、B 或 C'],
    ['firstPayRatio', '1.01', '先行自付比例应为 0 至 1 的小数'],
    ['firstPayRatio', '-0.1', '先行自付比例应为 0 至 1 的小数'],
    ['firstPayRatio', '10%', '先行自付比例应为 0 至 1 的小数'],
    ['firstPayRatio', '0.12345', '先行自付比例应为 0 至 1 的小数'],
    ['priceLimitPerUnit', '1.234', '限价应为最多两位小数的金额'],
    ['priceLimitPerUnit', '-0.01', '限价不得为负'],
  ])('[N31] %s %s is refused: %s', (name, value, reason) => {
    expect(checkItem({ ...item, [name]: value })).toMatchObject({
      field: name,
      reason: expect.stringContaining(reason),
    });
  });

  it('[N31] class A has no first-pay; 0 and 1 are ratios', () => {
    expect(checkItem({ ...item, class: 'A' })).toMatchObject({ field: 'firstPayRatio' });
    expect(checkItem({ ...item, class: 'A', firstPayRatio: '0.00' })).toMatchObject({ class: 'A' });
    expect(checkItem({ ...item, class: 'C', firstPayRatio: '1' })).toMatchObject({ class: 'C' });
  });
});
