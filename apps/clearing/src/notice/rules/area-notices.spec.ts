import { describe, expect, it } from '@jest/globals';
import { netAreas } from '../../tables/rules/net-areas.js';
import { itemOf } from '../../testing/clearing-facts.js';
import type { Notice } from '../notice.js';
import { areaNotices } from './area-notices.js';

const notices = (...items: Parameters<typeof itemOf>[0][]): Notice[] =>
  areaNotices(
    netAreas(
      items.map((item) => itemOf(item)),
      '430000',
    ),
    '430000',
    '2026-03',
    '2026-04-30',
  );
const shown = (all: readonly Notice[]): unknown[] =>
  all.map(({ agency, lines, totalFen }) => [agency, lines.map(({ table, amountFen }) => [table, amountFen]), totalFen]);

describe('netting results of the areas', () => {
  it('[H66] employees across the border: the area that owes sees a negative amount, the one that gets a positive one', () => {
    expect(shown(notices({ fundFen: 500n }, { homeArea: '110000', treatmentArea: '430200', fundFen: 300n }))).toEqual([
      ['430100', [['cross-province-employees', -500n]], -500n],
      ['430200', [['cross-province-employees', 300n]], 300n],
    ]);
  });

  it('[H67] inside the province the areas’ nets of employees come to nothing in sum', () => {
    const all = notices({ homeArea: '430100', treatmentArea: '430200', fundFen: 500n });
    expect(shown(all)).toEqual([
      ['430100', [['intra-province-employees', -500n]], -500n],
      ['430200', [['intra-province-employees', 500n]], 500n],
    ]);
  });

  it('[H68] residents: the areas pay nothing, the treating area gets its money from the provincial collection', () => {
    const all = notices(
      { scheme: '390', homeArea: '430100', fundFen: 900n },
      { scheme: '390', homeArea: '430100', treatmentArea: '430200', fundFen: 80n },
      { scheme: '390', homeArea: '110000', treatmentArea: '430300', fundFen: 70n },
    );
    expect(shown(all)).toEqual([
      ['430200', [['intra-province-residents', 80n]], 80n],
      ['430300', [['provincial-collection', 70n]], 70n],
    ]);
  });

  it('[H65] one area has one notice with a line per table, to the province', () => {
    const [first, ...others] = notices(
      { fundFen: 500n },
      { homeArea: '430200', treatmentArea: '430100', fundFen: 200n },
      { scheme: '390', homeArea: '430200', treatmentArea: '430100', fundFen: 30n },
    );
    expect(first).toMatchObject({
      noticeNo: 'ZC430100202603',
      kind: 'area-netting',
      agency: '430100',
      totalFen: -270n,
    });
    expect(first?.lines.every(({ counterpart, returned }) => counterpart === '430000' && !returned)).toBe(true);
    expect(others.map(({ agency }) => agency)).toEqual(['430200']);
  });
});
