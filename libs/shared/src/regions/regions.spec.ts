import { describe, expect, it } from '@jest/globals';
import {
  areaLevel,
  areaName,
  currentArea,
  filingDestination,
  isProvince,
  nation,
  poolOf,
  provinceOf,
  provinces,
  samePool,
  sameDestination,
  sameProvince,
} from './index.js';

describe('areas', () => {
  it.each([
    ['460100', '460000'],
    ['540100', '540000'],
    ['660300', '660000'],
    ['420106', '420100'],
    ['110105', '110000'],
    ['430100', '430100'],
  ])('[N11] a filing to %s is a filing to %s', (asked, filed) => {
    expect(filingDestination(asked)).toBe(filed);
  });

  it('[N11] a destination is its own prefecture and no other one of the province', () => {
    expect(sameDestination('420100', '420106')).toBe(true);
    expect(sameDestination('420100', '420500')).toBe(false);
    expect(sameDestination('460100', '460200')).toBe(true);
    expect(sameDestination('110000', '110105')).toBe(true);
  });

  it('[N57] provinces and pools are read from the code; the province-level pool is its own', () => {
    expect([provinceOf('439900'), poolOf('439900'), poolOf('430102')]).toEqual(['430000', '439900', '430100']);
    expect([samePool('439900', '430100'), sameProvince('439900', '430100')]).toEqual([false, true]);
    expect([areaLevel('000000'), areaLevel('430000'), areaLevel('110000'), areaLevel('430100')]).toEqual([
      'nation',
      'province',
      'area',
      'area',
    ]);
  });

  it('[N46] only a province is a province: no area, no nation, no word that every object knows', () => {
    expect(['430000', '660000', '430100', '000000', 'constructor'].map(isProvince)).toEqual([
      ...[true, true],
      ...[false, false, false],
    ]);
  });

  it('[N57] an area without a name is shown by its code, the nation by its name', () => {
    expect([areaName('430600'), areaName('439900'), areaName('429999'), areaName(nation)]).toEqual([
      '岳阳',
      '湖南省本级',
      '429999',
      '国家',
    ]);
  });

  it('[N11] retired codes are mapped, not dropped', () => {
    expect([currentArea('371200'), provinceOf('371200')]).toEqual(['370100', '370000']);
  });

  it('[N46] annex 14 has 32 rows: 31 provinces and XPCC, Beijing first, XPCC last', () => {
    expect([provinces().length, provinces()[0], provinces().at(-1)]).toEqual([32, '110000', '660000']);
    expect(areaName('660000')).toBe('新疆生产建设兵团');
  });
});
