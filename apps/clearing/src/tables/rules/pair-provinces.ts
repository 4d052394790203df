import { most, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { grossFen, isCrossProvince } from '../../item/clearing-item.js';
import type { ClearingItem } from '../../item/clearing-item.js';
import type { Pair } from '../tables.js';

/** 省际清分 (N46): the period's items between provinces, added up per pair; sorted by payer, then payee. */
export function pairProvinces(items: readonly ClearingItem[]): Pair[] {
  const groups = new Map<string, ClearingItem[]>();
  for (const item of items.filter(isCrossProvince)) {
    const key = `${item.payer} ${item.payee}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => pairOf(key, group));
}

function pairOf(key: string, group: readonly ClearingItem[]): Pair {
  const [payer = '', payee = ''] = key.split(' ');
  const of = (scheme: string, amount: (item: ClearingItem) => Fen): Fen =>
    sum(group.filter((item) => item.scheme === scheme).map(amount));
  const employeesFen = of('310', grossFen);
  const residentsFen = of('390', grossFen);
  const employeesDeductedFen = of('310', (item) => item.deductedFen);
  const residentsDeductedFen = of('390', (item) => item.deductedFen);
  const nets = [employeesFen - employeesDeductedFen, residentsFen - residentsDeductedFen];
  return {
    ...{ payer, payee, employeesFen, residentsFen, employeesDeductedFen, residentsDeductedFen },
    payableFen: sum(nets.map((net) => most(0n, net))),
    returnedFen: sum(nets.map((net) => most(0n, -net))),
  };
}
