import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sum } from '#shared/money';
import type { TestService } from '#shared/testing';
import { UploadCosts } from '../period/upload-costs.js';
import { checkTables } from '../tables/rules/check-tables.js';
import { pairProvinces } from '../tables/rules/pair-provinces.js';
import { holds } from '../tables/tables.js';
import { beijing, seedAudited, startClearing } from '../testing/clearing-service.js';
import { netFen } from './clearing-item.js';
import type { ClearingItem } from './clearing-item.js';
import { itemsOf } from './clearing-item.repository.js';

describe('a charge that was deducted, cleared, and refunded', () => {
  let service: TestService;
  const cleared = async (period: string): Promise<ClearingItem[]> => {
    await service.get(UploadCosts).execute(period, beijing);
    return service.transaction((tx) => itemsOf(tx, period));
  };

  beforeAll(async () => {
    service = await startClearing('2026-04-10');
  });
  afterAll(() => service.stop());

  it('[N54 N42 H72] becomes a negative item of the open period that takes back what was paid and no fen more', async () => {
    await seedAudited(service, [{ id: 'S1', fund: '180.67', account: '243.62', deducted: '24.29' }]);
    const march = await cleared('2026-03');
    expect(march.map(netFen)).toEqual([40_000n]);

    service.setDay('2026-05-10');
    const back = { id: 'S1R', fund: '-180.67', account: '-243.62', on: '2026-04-20', refundOf: 'S1' };
    await seedAudited(service, [{ ...back, deducted: '-24.29' }]);
    const april = await cleared('2026-04');
    expect(april).toMatchObject([{ settlementId: 'S1R', fundFen: -18_067n, deductedFen: -2_429n }]);
    expect(sum([...march, ...april].map(netFen))).toBe(0n);

    // N51: what the treatment side owes back in a month without charges stands on the other side, and every identity holds.
    const pairs = pairProvinces(april);
    expect(pairs).toMatchObject([{ payableFen: 0n, returnedFen: 40_000n }]);
    expect(checkTables(pairs, april).every(holds)).toBe(true);
  });

  it('[N42 N50] a refund that is audited too late for costs flows back all the same, because its charge was cleared', async () => {
    const { id, fund } = { id: 'S2', fund: '90.00' };
    service.setDay('2026-06-10');
    await seedAudited(service, [{ id, fund, on: '2026-05-04' }]);
    expect((await cleared('2026-05')).map(netFen)).toEqual([9_000n]);
    service.setDay('2027-02-10');
    await seedAudited(service, [{ id: 'S2R', fund: '-90.00', on: '2026-06-30', refundOf: id }]);
    expect((await cleared('2027-01')).map(netFen)).toEqual([-9_000n]);
  });

  it('[N42 N50] a charge that came too late was never cleared, and then its refund is not either', async () => {
    service.setDay('2027-03-10');
    await seedAudited(service, [
      { id: 'S3', fund: '70.00', on: '2026-11-30' },
      { id: 'S3R', fund: '-70.00', on: '2027-02-11', refundOf: 'S3' },
      { id: 'S4', fund: '60.00', on: '2027-02-10' },
      { id: 'S4R', fund: '-60.00', on: '2027-02-12', refundOf: 'S4' },
    ]);
    const upload = await service.get(UploadCosts).execute('2027-02', beijing);
    expect(upload).toMatchObject({ items: 2, refused: [{ settlementId: 'S3' }, { settlementId: 'S3R' }] });
    const items = await service.transaction((tx) => itemsOf(tx, '2027-02'));
    expect(items.map(({ settlementId }) => settlementId)).toEqual(['S4', 'S4R']);
    expect(sum(items.map(netFen))).toBe(0n);
  });
});
