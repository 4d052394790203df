import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quotaChanged } from '#shared/contracts';
import { isRefusal } from '#shared/errors';
import { testCaller } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { balancesOf, checker, fixQuotas, maker, startFunds } from '../testing/funds-service.js';
import { FixQuotas } from './fix-quotas.js';

const basis = (payer: string, payee: string, ...months: bigint[]) => ({ payer, payee, lastQuarterFen: months });

describe('fixing the quotas of a year', () => {
  let service: TestService;
  const prepare = (year: number, bases: ReturnType<typeof basis>[], caller = maker) =>
    service.get(FixQuotas).prepare(year, bases, caller);
  const approve = (year: number, caller = checker) => service.get(FixQuotas).approve(year, caller);
  const transfers = async (year: number): Promise<string[]> =>
    (
      await service.query<{ text: string }>(
        `select transfer_no || ' ' || payer || '→' || payee || ' ' || amount_fen || case when returned then ' returned' else '' end as text
         from transfer where period = $1 order by transfer_no`,
        [String(year)],
      )
    ).map(({ text }) => text);

  beforeAll(async () => {
    service = await startFunds('2026-01-29');
  });
  afterAll(() => service.stop());

  it('[N18 N19] only the nation fixes quotas', async () => {
    const bases = [basis('430000', '110000', 1n, 1n, 1n)];
    expect(await prepare(2026, bases, testCaller('430000'))).toMatchObject({ code: 'NOT_YOUR_AREA' });
    expect(await approve(2026, testCaller('430000'))).toMatchObject({ code: 'NOT_YOUR_AREA' });
  });

  it.each([
    ['the same province on both sides', [basis('430000', '430000', 1n, 1n, 1n)]],
    ['a prefecture', [basis('430100', '110000', 1n, 1n, 1n)]],
    ['a pair twice', [basis('430000', '110000', 1n, 1n, 1n), basis('430000', '110000', 2n, 2n, 2n)]],
    ['a negative quarter', [basis('430000', '110000', 1n, 1n, -3n)]],
  ])('[N18] %s is refused', async (_, bases) => {
    expect(await prepare(2026, bases)).toMatchObject({ code: 'BAD_REQUEST' });
    expect(await approve(2026)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[N19 P5.3] whoever prepared any one of the figures does not approve them', async () => {
    await prepare(2026, [basis('430000', '110000', 400_000n, 500_000n, 600_000n)], maker);
    await prepare(2026, [basis('440000', '110000', 180_100n, 200_050n, 222_220n)], checker);
    expect(await approve(2026, maker)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await approve(2026, checker)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await transfers(2026)).toEqual([]);
  });

  it('[N18] prepared figures may be replaced until they are approved', async () => {
    await prepare(2026, [basis('440000', '110000', 180_100n, 200_050n, 222_220n)], maker);
    const approved = await approve(2026);
    if (isRefusal(approved)) throw new Error(approved.code);
    expect(approved.map(({ payer, exactFen, quotaFen, state }) => [payer, exactFen, quotaFen, state])).toEqual([
      ['430000', 1_000_000n, 1_000_000n, 'approved'],
      ['440000', 401_580n, 400_000n, 'approved'],
    ]);
  });

  it('[N19 N62] the first year is due in full, booked as owed and claimed, and published', async () => {
    expect(await transfers(2026)).toEqual([
      'YF2026430000110000 430000→110000 1000000',
      'YF2026440000110000 440000→110000 400000',
    ]);
    expect(await balancesOf(service)).toEqual({
      '110000 应收 430000': 1_000_000n,
      '110000 应收 440000': 400_000n,
      '110000 收到预付金': -1_400_000n,
      '430000 应付 110000': -1_000_000n,
      '430000 预付金': 1_000_000n,
      '440000 应付 110000': -400_000n,
      '440000 预付金': 400_000n,
    });
    const published = await service.published(quotaChanged);
    expect(published.map(({ payload: { payer, exact, quota } }) => [payer, exact, quota])).toEqual([
      ['430000', '10000.00', '10000.00'],
      ['440000', '4015.80', '4000.00'],
    ]);
  });

  it('[N18] an approved year is neither prepared nor approved again', async () => {
    expect(await prepare(2026, [basis('430000', '310000', 3n, 3n, 3n)])).toMatchObject({
      code: 'QUOTA_ALREADY_APPROVED',
    });
    expect(await approve(2026)).toMatchObject({ code: 'QUOTA_ALREADY_APPROVED' });
  });

  it('[N20 N27] next year only the difference moves; what is lower comes back “*”, what is equal does not move', async () => {
    service.setDay('2027-01-29');
    await fixQuotas(service, 2027, ['430000', '110000', '4900.00'], ['440000', '110000', '2000.00']);
    expect(await transfers(2027)).toEqual(['YF2027110000430000* 110000→430000 20000 returned']);
  });

  it('[N27] a return and a rise between the same two provinces keep numbers of their own', async () => {
    service.setDay('2028-01-29');
    await fixQuotas(service, 2028, ['430000', '110000', '4800.00'], ['110000', '430000', '100.00']);
    expect(await transfers(2028)).toEqual([
      'YF2028110000430000 110000→430000 20000',
      'YF2028110000430000* 110000→430000 20000 returned',
    ]);
  });
});
