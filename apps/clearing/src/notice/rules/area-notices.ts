import type { Day, Month } from '#shared/clock';
import { sum } from '#shared/money';
import type { Netting, NettingLine } from '../../tables/tables.js';
import type { Notice, NoticeLine } from '../notice.js';
import { noticeNo } from './province-notices.js';

/**
 * 轧差通知 (H66 H67 H68): per area of a province. Positive is what the area gets, negative what it pays. Employees: the net.
 * Residents: the provincial collection pays what others' people cost in the area; the areas themselves pay nothing.
 */
export function areaNotices(netting: Netting, province: string, period: Month, issuedOn: Day): Notice[] {
  const linesOf = (
    table: NoticeLine['table'],
    lines: readonly NettingLine[],
    amountOf: (line: NettingLine) => bigint,
  ) =>
    lines.map((line) => ({
      area: line.area,
      line: { counterpart: province, table, amountFen: amountOf(line), returned: false },
    }));
  const all = [
    ...linesOf('cross-province-employees', netting.crossProvinceEmployees, ({ netFen }) => netFen),
    ...linesOf('intra-province-employees', netting.intraProvinceEmployees, ({ netFen }) => netFen),
    ...linesOf('intra-province-residents', netting.intraProvinceResidents, ({ treatmentFen }) => treatmentFen),
    ...linesOf('provincial-collection', netting.provincialCollection, ({ treatmentFen }) => treatmentFen),
  ].filter(({ line }) => line.amountFen !== 0n);
  return [...new Set(all.map(({ area }) => area))].sort().map((agency) => {
    const lines = all.filter(({ area }) => area === agency).map(({ line }) => line);
    return {
      noticeNo: noticeNo('area-netting', agency, period),
      period,
      kind: 'area-netting',
      agency,
      issuedOn,
      lines,
      totalFen: sum(lines.map(({ amountFen }) => amountFen)),
    };
  });
}
