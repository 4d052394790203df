import { describe, expect, it } from '@jest/globals';
import { uncoveredReversal } from './uncovered-reversal.js';

const line = (lineNo: string, quantity: string, more: object = {}) => ({
  lineNo,
  quantity,
  batchNo: 'P1',
  itemCode: 'X',
  price: '30.00',
  ...more,
});

describe('uncoveredReversal', () => {
  it('[N31] all of what was charged may be taken back, a hair more may not', () => {
    expect(uncoveredReversal([line('1', '3'), line('2', '-1'), line('3', '-2')])).toBeUndefined();
    expect(uncoveredReversal([line('1', '3'), line('2', '-1'), line('3', '-2.0001')])).toBe('3');
  });

  it.each([
    ['batch', { batchNo: 'P2' }],
    ['item', { itemCode: 'Y' }],
    ['price', { price: '29.99' }],
  ])('[N31] another %s covers nothing', (_what, more) => {
    expect(uncoveredReversal([line('1', '3'), line('2', '-1', more)])).toBe('2');
  });

  it('[N31] the same price in another writing is the same price', () => {
    expect(uncoveredReversal([line('1', '1', { price: '30' }), line('2', '-1')])).toBeUndefined();
  });
});
