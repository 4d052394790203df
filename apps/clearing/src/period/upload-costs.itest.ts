import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testCaller } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { keepSettlement } from '../item/clearing-item.repository.js';
import { settled } from '../testing/clearing-facts.js';
import { beijing, hunan, seedAudited, startClearing } from '../testing/clearing-service.js';
import { UploadCosts } from './upload-costs.js';

describe('uploading costs into a period', () => {
  let service: TestService;
  const upload = (period: string, caller = beijing) => service.get(UploadCosts).execute(period, caller);
  const itemsIn = async (period: string | null): Promise<string[]> =>
    (
      await service.query<{ id: string }>(
        `select settlement_id || case when late then ' late' else '' end as id
         from clearing_item where period is not distinct from $1 order by 1`,
        [period],
      )
    ).map(({ id }) => id);

  beforeAll(async () => {
    service = await startClearing('2026-04-01');
    await seedAudited(service, [
      { id: 'MAR1', fund: '100.00', on: '2026-03-01' },
      { id: 'MAR31', fund: '100.00', on: '2026-03-31' },
      { id: 'APR1', fund: '100.00', on: '2026-04-01' },
      { id: 'JAN1', fund: '100.00', on: '2026-01-01' },
      { id: 'DEC31', fund: '100.00', on: '2025-12-31' },
      { id: 'HUNAN', fund: '100.00', home: '110000', treatment: '430100', on: '2026-03-05' },
      { id: 'INSIDE', fund: '100.00', treatment: '430200', on: '2026-03-06' },
    ]);
    await service.transaction((tx) => keepSettlement(tx, settled({ id: 'UNAUDITED', fund: '9.00' })));
  });
  afterAll(() => service.stop());

  it('[H62] a clerk of a prefecture cannot upload', async () => {
    expect(await upload('2026-03', testCaller('430100'))).toMatchObject({ code: 'NOT_A_PROVINCE' });
  });

  it.each([
    ['2026-02', 'a month that was cleared before'],
    ['2026-04', 'the month that is running'],
    ['2026-05', 'a month to come, in which the costs would wait for no reason'],
  ])('[H62 N50] on 1 April period %s is not open for upload: %s', async (period) => {
    expect(await upload(period)).toMatchObject({ code: 'UPLOAD_NOT_NOW' });
    expect(await service.query('select 1 from period')).toEqual([]);
  });

  it('[N50 H64] on the 20th: costs of the month are regular, up to two months older are late, older are refused with the reason', async () => {
    service.setDay('2026-04-20', '23:59');
    expect(await upload('2026-03')).toEqual({
      items: 3,
      late: 1,
      refused: [
        {
          settlementId: 'DEC31',
          settledOn: '2025-12-31',
          reason: '2026-03 清算期只接收 2026-01-01 及以后的费用，该笔已超过清算延期',
        },
      ],
    });
    expect(await itemsIn('2026-03')).toEqual(['JAN1 late', 'MAR1', 'MAR31']);
  });

  it('[H62] what is not audited, what is of another month and what is of another province waits', async () => {
    expect(await itemsIn(null)).toEqual(['APR1', 'DEC31', 'HUNAN', 'INSIDE', 'UNAUDITED']);
  });

  it('[H62] uploading again takes nothing twice and adds what has been audited since', async () => {
    await seedAudited(service, [{ id: 'MAR9', fund: '1.00', on: '2026-03-09' }]);
    expect(await upload('2026-03')).toMatchObject({ items: 1, late: 0 });
    expect(await upload('2026-03')).toMatchObject({ items: 0, late: 0 });
    expect(await service.query('select province, items, late from upload')).toEqual([
      { province: '110000', items: 4, late: 1 },
    ]);
  });

  it('[H65] the province’s upload covers what its areas did for each other', async () => {
    expect(await upload('2026-03', hunan)).toMatchObject({ items: 2, late: 0 });
  });

  it('[H62] on the 21st nothing goes in, whether the tables are made already or not', async () => {
    service.setDay('2026-04-21', '00:00');
    expect(await upload('2026-03')).toMatchObject({ code: 'UPLOAD_NOT_NOW' });
    await service.moveTo('2026-04-21', '00:01');
    expect(await upload('2026-03')).toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  it('[N50] what missed April goes into May as late', async () => {
    service.setDay('2026-05-20');
    await seedAudited(service, [{ id: 'MAR30', fund: '1.00', on: '2026-03-30' }]);
    expect(await upload('2026-04')).toMatchObject({ items: 2, late: 1 });
    expect(await itemsIn('2026-04')).toEqual(['APR1', 'MAR30 late']);
  });
});
