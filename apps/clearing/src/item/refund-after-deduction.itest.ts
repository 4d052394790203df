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
});
