import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { poolOf } from '#shared/regions';
import { isCrossProvince, netFen } from '../../item/clearing-item.js';
import type { ClearingItem } from '../../item/clearing-item.js';
import type { Netting, NettingLine } from '../tables.js';

/** 省内轧差 (H65 H66 H67 H68): per area of a province, for employees across and inside it, for residents inside it. */
export function netAreas(items: readonly ClearingItem[], province: string): Netting {
  const own = items.filter(({ payer, payee }) => payer === province || payee === province);
  const of = (scheme: string, cross: boolean): ClearingItem[] =>
    own.filter((item) => item.scheme === scheme && isCrossProvince(item) === cross);
  return {
    crossProvinceEmployees: linesOf(of('310', true), province),
    provincialCollection: linesOf(of('390', true), province),
    intraProvinceEmployees: linesOf(of('310', false), province),
    intraProvinceResidents: linesOf(of('390', false), province),
  };
}

function linesOf(items: readonly ClearingItem[], province: string): NettingLine[] {
  const home = sums(
    items.filter(({ payer }) => payer === province),
    ({ homeArea }) => homeArea,
  );
  const treatment = sums(
    items.filter(({ payee }) => payee === province),
    ({ treatmentArea }) => treatmentArea,
  );
  return [...new Set([...home.keys(), ...treatment.keys()])].sort().map((area) => {
    const homeFen = home.get(area) ?? 0n;
    const treatmentFen = treatment.get(area) ?? 0n;
    return { area, homeFen, treatmentFen, netFen: treatmentFen - homeFen };
  });
}

function sums(items: readonly ClearingItem[], areaOf: (item: ClearingItem) => string): Map<string, Fen> {
  const totals = new Map<string, Fen>();
  for (const item of items) totals.set(poolOf(areaOf(item)), (totals.get(poolOf(areaOf(item))) ?? 0n) + netFen(item));
  return totals;
}

export const totalNet = (lines: readonly NettingLine[]): Fen => sum(lines.map((line) => line.netFen));
