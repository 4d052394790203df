import { describe, expect, it } from '@jest/globals';
import { checkBankDetails } from './bank-details.js';

const good = { bankName: '示例银行长沙分行', transactionNo: 'TX2026-0001', transactionDate: '2026-05-20' };
const check = (more: object) => checkBankDetails({ ...good, ...more }, '2026-04-30', '2026-05-20');

describe('checkBankDetails', () => {
  it('[N22 H31] bank, number and date as the bank printed them are a proof', () => {
    expect(check({})).toEqual(good);
    expect(check({ bankName: ' Example Bank (Changsha) ', transactionNo: '0001' })).toMatchObject({
      bankName: 'Example Bank (Changsha)',
    });
  });

  it.each([
    ['bankName', '付款银行名称'],
    ['transactionNo', '交易流水号'],
    ['transactionDate', '交易日期'],
  ])('[N22 H31] without %s there is no proof', (key, missing) => {
    for (const value of [undefined, '', '   '])
      expect(check({ [key]: value })).toMatchObject({ code: 'BANK_DETAILS_MISSING', args: { missing } });
  });

  it.each([
    ['bankName', '银行行'],
    ['bankName', '1234567'],
    ['bankName', '示例银行<b>'],
    ['bankName', '示'.repeat(101)],
    ['transactionNo', 'TX1'],
    ['transactionNo', 'TX 0001'],
    ['transactionNo', "TX'--1"],
    ['transactionNo', '1'.repeat(65)],
  ])('[N22 H31] the %s "%s" is no proof', (key, value) => {
    expect(check({ [key]: value })).toMatchObject({ code: 'BANK_DETAILS_INVALID' });
  });

  it('[N22 H31] the day lies between what made the payment due and today, both included', () => {
    for (const day of ['2026-04-30', '2026-05-20'])
      expect(check({ transactionDate: day })).toMatchObject({ transactionDate: day });
    for (const day of ['2026-04-29', '2026-05-21', '2026-04-31', 'yesterday'])
      expect(check({ transactionDate: day })).toMatchObject({ code: 'TRANSACTION_DATE_IMPOSSIBLE' });
  });
});
