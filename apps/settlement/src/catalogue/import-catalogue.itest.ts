import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '#shared/errors';
import { testCaller } from '#shared/testing';
import { catalogue, codeOf, SettlementWorld } from '../testing/settlement-world.js';
import { findItems } from './catalogue.repository.js';
import type { GivenItem } from './check-item.js';
import { ImportCatalogue } from './import-catalogue.js';

const area = testCaller('310000');

describe('importing a catalogue', () => {
  let world: SettlementWorld;
  const importFrom = (from: string, limit: string, code = 'BED') =>
    world.service.get(ImportCatalogue).execute(
      '310000',
      from,
      [
        {
          ...catalogue[2],
          code,
          name: code,
          category: '01',
          class: 'A',
          firstPayRatio: '0',
          priceLimitPerUnit: limit,
        },
      ],
      area,
    );
  const limitOn = async (day: string, code = 'BED') => {
    const found = await world.service.transaction((tx) => findItems(tx, '310000', [code], day));
    return found.get(code)?.priceLimitFen;
  };

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
  });
  afterAll(() => world.stop());

  it('[N31 N57] an area imports for itself, its province for it, nobody else', async () => {
    const by = (agency: string) =>
      world.service.get(ImportCatalogue).execute('430100', '2026-01-01', [], testCaller(agency));
    expect(await Promise.all(['430100', '430000', '000000'].map(async (agency) => codeOf(await by(agency))))).toEqual([
      ...['fine', 'fine', 'fine'],
    ]);
    expect(await Promise.all(['430200', '310000'].map(async (agency) => codeOf(await by(agency))))).toEqual([
      ...['NOT_YOUR_AREA', 'NOT_YOUR_AREA'],
    ]);
  });

  it('[N31] good rows are taken, bad ones and doubles are reported with their place and reason', async () => {
    const [drug, ct] = catalogue;
    if (drug === undefined || ct === undefined) throw new Error('no catalogue');
    const report = await world.service
      .get(ImportCatalogue)
      .execute(
        '310000',
        '2025-06-01',
        [
          drug,
          { ...ct, code: 'BAD', class: 'X' },
          { ...drug, name: 'again' },
          { ...ct, code: 'NEG', priceLimitPerUnit: '-1' },
        ],
        area,
      );
    expect(report).toEqual({
      accepted: 1,
      refused: [
        { index: 1, code: 'BAD', reason: '目录等级应为 A、B 或 C（甲、乙、丙）' },
        { index: 2, code: 'DRUG', reason: '同一文件内编码重复' },
        { index: 3, code: 'NEG', reason: '限价不得为负' },
      ],
    });
  });

  it('[N31] a new version ends the old one on the day before it', async () => {
    orThrow(await importFrom('2026-01-01', '70.00'));
    expect([await limitOn('2024-12-31'), await limitOn('2025-12-31'), await limitOn('2026-01-01')]).toEqual([
      undefined,
      6_000n,
      7_000n,
    ]);
  });

  it('[N31] the same version again replaces itself', async () => {
    orThrow(await importFrom('2026-01-01', '71.00'));
    expect([await limitOn('2025-12-31'), await limitOn('2026-01-01')]).toEqual([6_000n, 7_100n]);
    expect(await world.count('catalogue_item', `code = 'BED'`)).toBe(2);
  });

  it('[N31] a version between two known ones is in force between them, and on no day two are', async () => {
    orThrow(await importFrom('2025-07-01', '65.00'));
    const days = ['2025-06-30', '2025-07-01', '2025-12-31', '2026-01-01', '2030-01-01'];
    expect(await Promise.all(days.map((day) => limitOn(day)))).toEqual([6_000n, 6_500n, 6_500n, 7_100n, 7_100n]);
    const overlaps = await world.service.query(
      `select 1 from catalogue_item a join catalogue_item b using (area, code)
       where a.from_day < b.from_day and (a.to_day is null or a.to_day >= b.from_day)`,
    );
    expect(overlaps).toEqual([]);
  });

  it('[H18] what is uniform in a province holds where an area has nothing of its own', async () => {
    const item = (code: string, limit: string) => ({ ...catalogue[0], code, name: code, priceLimitPerUnit: limit });
    const put = async (place: string, code: string, limit: string) =>
      orThrow(
        await world.service
          .get(ImportCatalogue)
          .execute(place, '2026-01-01', [item(code, limit) as GivenItem], testCaller(place)),
      );
    await put('430000', 'UNIFORM', '10.00');
    await put('430000', 'OWN', '10.00');
    await put('430100', 'OWN', '20.00');
    const limits = async (place: string): Promise<unknown[]> => {
      const found = await world.service.transaction((tx) => findItems(tx, place, ['UNIFORM', 'OWN'], '2026-03-16'));
      return [found.get('UNIFORM')?.priceLimitFen, found.get('OWN')?.priceLimitFen];
    };
    expect([await limits('430100'), await limits('430200'), await limits('420100')]).toEqual([
      ...[
        [1_000n, 2_000n],
        [1_000n, 1_000n],
        [undefined, undefined],
      ],
    ]);
  });

  it('[N31] a version before all others ends where the first begins', async () => {
    orThrow(await importFrom('2024-01-01', '50.00'));
    expect([await limitOn('2024-12-31'), await limitOn('2025-01-01')]).toEqual([5_000n, 6_000n]);
  });
});
