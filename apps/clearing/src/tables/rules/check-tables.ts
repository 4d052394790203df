import { sum } from '#shared/money';
import { isCrossProvince, grossFen, netFen } from '../../item/clearing-item.js';
import type { ClearingItem } from '../../item/clearing-item.js';
import { deductedFen, employeesNetFen, residentsNetFen } from '../tables.js';
import type { Netting, Pair, TableCheck } from '../tables.js';
import { totalNet } from './net-areas.js';

/** 勾稽核对 (N46): rows, columns and tables against each other and against the items they were made from. */
export function checkTables(pairs: readonly Pair[], items: readonly ClearingItem[]): TableCheck[] {
  const cross = items.filter(isCrossProvince);
  const payers = [...new Set(pairs.map(({ payer }) => payer))].sort();
  const payees = [...new Set(pairs.map(({ payee }) => payee))].sort();
  const netOf = (some: readonly Pair[]): bigint =>
    sum(some.map(({ payableFen, returnedFen }) => payableFen - returnedFen));
  return [
    {
      id: 'rows-columns',
      text: '清算表行合计 = 列合计',
      leftFen: sum(payees.map((payee) => netOf(pairs.filter((pair) => pair.payee === payee)))),
      rightFen: sum(payers.map((payer) => netOf(pairs.filter((pair) => pair.payer === payer)))),
    },
    { id: 'items', text: '清算表合计 = 明细合计', leftFen: netOf(pairs), rightFen: sum(cross.map(netFen)) },
    {
      id: 'gross',
      text: '职工 + 居民（扣款前）= 明细基金与账户',
      leftFen: sum(pairs.map(({ employeesFen, residentsFen }) => employeesFen + residentsFen)),
      rightFen: sum(cross.map(grossFen)),
    },
    {
      id: 'deductions',
      text: '扣款表合计 = 明细扣款',
      leftFen: sum(pairs.map(deductedFen)),
      rightFen: sum(cross.map((item) => item.deductedFen)),
    },
    ...payers.map((payer) => {
      const own = pairs.filter((pair) => pair.payer === payer);
      return {
        id: `payable-${payer}`,
        text: `${payer} 应付表 = 职工 + 居民 − 返还`,
        leftFen: netOf(own),
        rightFen: sum(own.map((pair) => employeesNetFen(pair) + residentsNetFen(pair))),
      };
    }),
    ...payees.map((payee) => {
      const own = pairs.filter((pair) => pair.payee === payee);
      const theirs = cross.filter((item) => item.payee === payee);
      return {
        id: `receivable-${payee}`,
        text: `${payee} 应收表 = 明细`,
        leftFen: netOf(own),
        rightFen: sum(theirs.map(netFen)),
      };
    }),
  ];
}

/** Inside a province every net has its other side: the sums are zero. */
export const checkNetting = (province: string, netting: Netting): TableCheck[] => [
  {
    id: `netting-employees-${province}`,
    text: `${province} 省内职工轧差合计 = 0`,
    leftFen: totalNet(netting.intraProvinceEmployees),
    rightFen: 0n,
  },
  {
    id: `netting-residents-${province}`,
    text: `${province} 省内居民轧差合计 = 0`,
    leftFen: totalNet(netting.intraProvinceResidents),
    rightFen: 0n,
  },
];
