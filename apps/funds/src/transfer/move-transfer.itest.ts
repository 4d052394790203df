import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clearingNoticeIssued, transferConfirmed } from '#shared/contracts';
import { isRefusal } from '#shared/errors';
import { testCaller } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { dayChecks } from '../ledger/ledger.repository.js';
import { balancesOf, startFunds } from '../testing/funds-service.js';
import { MoveTransfer } from './move-transfer.js';
import { OpenTransfer } from './open-transfer.js';
import { noticeTransfers } from './rules/notice-transfers.js';
import { listTransfers } from './transfer.repository.js';

const no = 'QSP202603430000110000';
const bank = { bankName: '示例银行', transactionNo: 'TX20260520001', transactionDate: '2026-05-20' };
const clerk = testCaller('430000', 'clerk');
const payer = testCaller('430000', 'payer');
const approver = testCaller('430000', 'approver');
const receiver = testCaller('110000', 'receiver');

describe('the way of one transfer', () => {
  let service: TestService;
  const steps = () => service.get(MoveTransfer);
  const due = async () =>
    (await service.obligations()).map(({ kind, owner, dueOn, metOn, state }) => [kind, owner, dueOn, metOn, state]);
  const bookedDays = async () =>
    (await service.transaction(dayChecks)).map(({ day, debit, credit }) => [day, debit === credit, debit]);

  beforeAll(async () => {
    service = await startFunds('2026-04-30');
    await service.transaction(async (tx) => {
      for (const one of noticeTransfers(clearingNoticeIssued.example)) await service.get(OpenTransfer).execute(tx, one);
    });
  });
  afterAll(() => service.stop());

  it('[N48 H63] opens with its chain of 5, 10 and 5 working days over Labour Day', async () => {
    expect(await due()).toEqual([
      ['report', '430000', '2026-06-01', null, 'open'],
      ['to-finance', '430000', '2026-05-11', null, 'open'],
      ['transfer', '430000', '2026-05-25', null, 'open'],
    ]);
  });

  it('[N48] money that was not submitted to finance cannot be paid, approved or confirmed', async () => {
    expect(await steps().pay(no, bank, payer)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await steps().approve(no, approver)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await steps().confirm(no, receiver)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('[N57] a stranger does not find it; the receiver does not submit it, the payer does not confirm it', async () => {
    expect(await steps().submit(no, testCaller('310000'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await steps().submit(no, receiver)).toMatchObject({ code: 'NOT_YOUR_AREA' });
    expect(await steps().confirm(no, payer)).toMatchObject({ code: 'NOT_YOUR_AREA' });
  });

  it('[N48] submitted once, in time', async () => {
    service.setDay('2026-05-11');
    expect(await steps().submit(no, clerk)).toMatchObject({ state: 'submitted' });
    expect(await steps().submit(no, clerk)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await due()).toContainEqual(['to-finance', '430000', '2026-05-11', '2026-05-11', 'met']);
  });

  it.each([
    ['bankName', '付款银行名称'],
    ['transactionNo', '交易流水号'],
    ['transactionDate', '交易日期'],
  ] as const)('[N22] a payment without %s is refused by its name %s', async (key, missing) => {
    service.setDay('2026-05-20');
    const { [key]: _left, ...without } = bank;
    expect(await steps().pay(no, without, payer)).toMatchObject({ code: 'BANK_DETAILS_MISSING', args: { missing } });
  });

  it('[N22 P5.3] the person who paid does not approve', async () => {
    expect(await steps().pay(no, bank, payer)).toMatchObject({ state: 'paid', paidBy: 'payer', bank });
    expect(await steps().approve(no, payer)).toMatchObject({ code: 'SAME_PERSON' });
  });

  it('[N22] a payment that the second person sends back is entered again, and nothing was booked for it', async () => {
    expect(await steps().sendBack(no, approver)).toMatchObject({ state: 'submitted', bank: null, paidBy: null });
    expect(await steps().approve(no, approver)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await bookedDays()).toEqual([['2026-04-30', true, 30_000n]]);
    await steps().pay(no, { ...bank, transactionNo: 'TX20260520002' }, payer);
  });

  it('[N22 N62] approved by another person it is booked out of the special account, once', async () => {
    const both = await Promise.all([steps().approve(no, approver), steps().approve(no, clerk)]);
    expect(both.map((one) => (isRefusal(one) ? one.code : one.state)).sort()).toEqual(['WRONG_STATE', 'approved']);
    expect(await balancesOf(service)).toEqual({
      '110000 代垫异地就医费用': -15_000n,
      '110000 应收 430000': 15_000n,
      '430000 异地就医支出': 15_000n,
      '430000 财政专户': -15_000n,
    });
    expect(await due()).toContainEqual(['transfer', '430000', '2026-05-25', '2026-05-20', 'met']);
  });

  it('[N26 N62] confirmed by the receiver it has arrived; Σ = 0 on every day', async () => {
    service.setDay('2026-05-22');
    expect(await steps().confirm(no, receiver)).toMatchObject({ state: 'confirmed', confirmedOn: '2026-05-22' });
    expect(await balancesOf(service)).toEqual({
      '110000 代垫异地就医费用': -15_000n,
      '110000 财政专户': 15_000n,
      '430000 异地就医支出': 15_000n,
      '430000 财政专户': -15_000n,
    });
    expect(await bookedDays()).toEqual([
      ['2026-04-30', true, 30_000n],
      ['2026-05-20', true, 15_000n],
      ['2026-05-22', true, 15_000n],
    ]);
  });

  it('[N26] the confirmation is published once, with bank, number and date', async () => {
    expect(await steps().confirm(no, receiver)).toMatchObject({ code: 'WRONG_STATE' });
    const published = await service.published(transferConfirmed);
    expect(published.map(({ payload }) => payload)).toEqual([
      {
        ...{ transferNo: no, purpose: 'clearing', period: '2026-03', payer: '430000', payee: '110000' },
        ...{ amount: '150.00', ...bank, transactionNo: 'TX20260520002', confirmedOn: '2026-05-22' },
      },
    ]);
  });

  it('[N57] both sides read the transfer, nobody else does', async () => {
    const all = { purpose: null, period: null, payer: null };
    const seenBy = async (prefix: string): Promise<number> =>
      (await service.database.asScope({ prefix }, (tx) => listTransfers(tx, all))).length;
    expect([await seenBy('43'), await seenBy('11'), await seenBy('31'), await seenBy('4301')]).toEqual([1, 1, 0, 0]);
  });
});
