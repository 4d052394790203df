import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { isCrossProvince, netFen } from '../../item/clearing-item.js';
import { anyItems } from '../../testing/any-items.js';
import { itemOf } from '../../testing/clearing-facts.js';
import { netAreas, totalNet } from './net-areas.js';

const province = '430000';

describe('netting inside a province', () => {
  it('[H65] an area pays when its people cost more elsewhere than others cost there, and gets when they cost less', () => {
    const { intraProvinceEmployees } = netAreas(
      [
        itemOf({ homeArea: '430100', treatmentArea: '430200', fundFen: 1_000n }),
        itemOf({ homeArea: '430200', treatmentArea: '430100', fundFen: 999n }),
      ],
      province,
    );
    expect(intraProvinceEmployees).toEqual([
      { area: '430100', homeFen: 1_000n, treatmentFen: 999n, netFen: -1n },
      { area: '430200', homeFen: 999n, treatmentFen: 1_000n, netFen: 1n },
    ]);
  });

  it('[H66] across the border employees are netted out against in, per area', () => {
    const { crossProvinceEmployees } = netAreas(
      [
        itemOf({ homeArea: '430100', fundFen: 5_000n, deductedFen: 200n }),
        itemOf({ homeArea: '110000', treatmentArea: '430100', fundFen: 3_000n }),
        itemOf({ homeArea: '430600', accountFen: 10n, fundFen: 90n }),
      ],
      province,
    );
    expect(crossProvinceEmployees).toEqual([
      { area: '430100', homeFen: 4_800n, treatmentFen: 3_000n, netFen: -1_800n },
      { area: '430600', homeFen: 100n, treatmentFen: 0n, netFen: -100n },
    ]);
  });

  it('[H68] residents treated elsewhere go to the provincial collection, not into a netting', () => {
    const netting = netAreas([itemOf({ scheme: '390', homeArea: '430300', fundFen: 700n })], province);
    expect(netting.provincialCollection).toEqual([{ area: '430300', homeFen: 700n, treatmentFen: 0n, netFen: -700n }]);
    expect(netting.crossProvinceEmployees).toEqual([]);
  });

  it('[H24] the province-level pool is an area of its own, districts belong to their prefecture', () => {
    const { intraProvinceEmployees } = netAreas(
      [itemOf({ homeArea: '439900', treatmentArea: '430102', fundFen: 80n })],
      province,
    );
    expect(intraProvinceEmployees.map(({ area, netFen: net }) => [area, net])).toEqual([
      ['430100', 80n],
      ['439900', -80n],
    ]);
  });

  it('[H65] items of other provinces among themselves are none of this province’s business', () => {
    const netting = netAreas([itemOf({ homeArea: '440300', treatmentArea: '310000' })], province);
    expect(Object.values(netting).flat()).toEqual([]);
  });

  it('[H67 H68] Σ net = 0 inside a province, whatever the items are', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const netting = netAreas(items, province);
        expect(totalNet(netting.intraProvinceEmployees)).toBe(0n);
        expect(totalNet(netting.intraProvinceResidents)).toBe(0n);
      }),
    );
  });

  it('[H65] what the areas net across the border is what the province nets with the others', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const { crossProvinceEmployees, provincialCollection } = netAreas(items, province);
        const cross = items.filter(isCrossProvince);
        const receives = sum(cross.filter(({ payee }) => payee === province).map(netFen));
        const pays = sum(cross.filter(({ payer }) => payer === province).map(netFen));
        expect(totalNet(crossProvinceEmployees) + totalNet(provincialCollection)).toBe(receives - pays);
      }),
    );
  });
});
