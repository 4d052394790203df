import { describe, expect, it } from '@jest/globals';
import { limitAt } from './catalogue-item.js';
import { versionOf } from './catalogue-row.js';

const cells = {
  ...{
    医疗目录编码: 'XA01AAA000A001010100001',
    项目名称: '示例药',
    收费类别: '9',
    目录等级: '乙',
    先行自付比例: '0.10',
  },
  ...{ 限价: '45.5', 三级限价: '60.00', 慢特病病种: 'M01600 M03900', 起始日: '', 终止日: '' },
};
const read = (given: object = {}, from: string | undefined = '2026-01-01') =>
  versionOf({ line: 7, cells: { ...cells, ...given } }, from);

describe('a line of a catalogue file', () => {
  it('[N31] a good line is an item with its days, limits and scopes', () => {
    expect(read()).toEqual({
      item: {
        ...{ code: cells.医疗目录编码, name: '示例药', category: '09', class: 'B', firstPayRatio: '0.10' },
        ...{ priceLimitFen: 4_550n, levelLimits: { L3: 6_000n }, diseases: ['M01600', 'M03900'] },
      },
      ...{ from: '2026-01-01', to: null },
    });
    expect(read({ 起始日: '2026-02-01', 终止日: '2026-02-01' })).toMatchObject({
      from: '2026-02-01',
      to: '2026-02-01',
    });
  });

  it.each([
    [{ 医疗目录编码: '' }, '医疗目录编码', '字母、数字'],
    [{ 项目名称: '' }, '项目名称', '1 至 200 个字'],
    [{ 收费类别: '15' }, '收费类别', '01 至 14'],
    [{ 目录等级: '丁' }, '目录等级', '甲、乙、丙'],
    [{ 先行自付比例: '10%' }, '先行自付比例', '0.10'],
    [{ 目录等级: '甲' }, '先行自付比例', '应为 0'],
    [{ 限价: '45.555' }, '限价', '两位小数'],
    [{ 三级限价: '-1' }, '三级限价', '不得为负'],
    [{ 慢特病病种: '高血压' }, '慢特病病种', '病种编码'],
    [{ 起始日: '2026-02-30' }, '起始日', '2026-01-01'],
    [{ 终止日: '2025-12-31' }, '终止日', '不早于起始日'],
  ])('[N31] %o is refused at %s: %s', (given, column, reason) => {
    const itemCode = '医疗目录编码' in given ? given.医疗目录编码 : cells.医疗目录编码;
    expect(read(given)).toEqual({ line: 7, itemCode, column, reason: expect.stringContaining(reason) });
  });

  it('[N31] a line without a day needs one for the file', () => {
    expect(versionOf({ line: 2, cells }, undefined)).toMatchObject({ column: '起始日' });
  });

  it('[N31] a level without a limit of its own has that of the item', () => {
    const item = { priceLimitFen: 100n, levelLimits: { L1: 0n, L3: 300n } };
    expect([limitAt(item, 'L1'), limitAt(item, 'L2'), limitAt(item, 'L3'), limitAt(item, undefined)]).toEqual([
      ...[0n, 100n, 300n, 100n],
    ]);
  });
});
