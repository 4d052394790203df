import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clearingNoticeIssued, clearingPeriodClosed, warningRaised } from '#shared/contracts';
import { eventOf } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { fixQuotas, startFunds } from '../testing/funds-service.js';
import { ClearingPeriodConsumer } from './clearing-period.consumer.js';

const closed = (period: string, payable: string, payer = '430000') =>
  eventOf(
    clearingPeriodClosed,
    {
      ...clearingPeriodClosed.example,
      period,
      pairs: clearingPeriodClosed.example.pairs.map((pair) => ({ ...pair, payer, payee: '310000', payable })),
      total: payable,
    },
    period,
  );

describe('warnings of the prepayment', () => {
  let service: TestService;
  const signed = async (period: string, payable: string): Promise<string[]> => {
    const before = (await service.published(warningRaised)).length;
    await service.transaction((tx) => service.get(ClearingPeriodConsumer).closed(closed(period, payable), tx));
    return (await service.published(warningRaised)).slice(before).map(({ payload }) => payload.warningNo);
  };

  beforeAll(async () => {
    service = await startFunds('2026-01-29');
    await fixQuotas(service, 2026, ['430000', '310000', '40.00'], ['440000', '310000', '10.00']);
  });
  afterAll(() => service.stop());

  it('[N23] 69.99 % of all payers’ prepayments raises nothing, 70 % is yellow', async () => {
    expect(await signed('2026-01', '69.99')).toEqual([]);
    expect(await signed('2026-02', '70.00')).toEqual(['W202602310000-yellow']);
  });

  it('[N23] the same level in the next months is the same episode and is not raised again', async () => {
    expect(await signed('2026-03', '89.99')).toEqual([]);
    expect(await signed('2026-04', '70.00')).toEqual([]);
  });

  it('[N23] 90 % is red, once', async () => {
    expect(await signed('2026-05', '90.00')).toEqual(['W202605310000-red']);
    expect(await signed('2026-06', '250.00')).toEqual([]);
  });

  it('[N23] falling to the margin of five points keeps the episode, falling below it ends it', async () => {
    expect(await signed('2026-07', '85.00')).toEqual([]);
    expect(await signed('2026-08', '95.00')).toEqual([]);
    expect(await signed('2026-09', '84.99')).toEqual([]);
    expect(await signed('2026-10', '90.00')).toEqual(['W202610310000-red']);
  });

  it('[N23] after a green month yellow is raised anew', async () => {
    expect(await signed('2026-11', '64.99')).toEqual([]);
    expect(await signed('2026-12', '70.00')).toEqual(['W202612310000-yellow']);
  });

  it('[N23] a warning tells usage in percent, what was cleared and what is prepaid', async () => {
    const [first] = await service.published(warningRaised);
    expect(first?.payload).toEqual({
      ...{ warningNo: 'W202602310000-yellow', period: '2026-02', payee: '310000', level: 'yellow' },
      ...{ percent: '70.00', cleared: '70.00', prepayment: '100.00', raisedOn: '2026-04-30' },
    });
  });
});

describe('what funds hears over Kafka', () => {
  let service: TestService;
  const count = async (table: string): Promise<number> =>
    (await service.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0;

  beforeAll(async () => {
    service = await startFunds('2026-04-30', { bus: true });
  });
  afterAll(() => service.stop());

  it('[N23] without any prepayment something cleared is red; the event delivered three times raises one warning', async () => {
    const event = closed('2026-03', '0.01');
    const last = { ...closed('2026-04', '0.01'), aggregateId: event.aggregateId };
    await service.deliver(clearingPeriodClosed, event, event, event, last);
    await service.heard(clearingPeriodClosed, 2);
    expect(await count('dead_letter')).toBe(0);
    expect(await service.query('select level, percent, cleared_fen, prepayment_fen from warning')).toEqual([
      { level: 'red', percent: '999.99', cleared_fen: 1n, prepayment_fen: 0n },
    ]);
  });

  it('[N48] a notice delivered twice makes its transfers due once', async () => {
    const notice = eventOf(clearingNoticeIssued, clearingNoticeIssued.example, 'N1');
    const other = eventOf(clearingNoticeIssued, { ...clearingNoticeIssued.example, kind: 'receipt' as const }, 'N2');
    await service.deliver(clearingNoticeIssued, notice, notice, other);
    await service.heard(clearingNoticeIssued, 2);
    expect(await service.query('select transfer_no, amount_fen from transfer')).toEqual([
      { transfer_no: 'QSP202603430000110000', amount_fen: 15_000n },
    ]);
    expect(await count('ledger_entry')).toBe(1);
  });
});
