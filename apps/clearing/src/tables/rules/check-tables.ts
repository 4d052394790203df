import { sum } from '#shared/money';
import { isCrossProvince, grossFen, netFen } from '../../item/clearing-item.js';
import type { ClearingItem } from '../../item/clearing-item.js';
import { deductedFen, employeesNetFen, employeesPayableFen, residentsNetFen, residentsPayableFen } from '../tables.js';
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
      id: 'employees',
      text: '职工应付 − 返还 = 职工明细',
      leftFen: sum(pairs.map(employeesNetFen)),
      rightFen: sum(cross.filter(({ scheme }) => scheme === '310').map(netFen)),
    },
    {
      id: 'residents',
      text: '居民应付 − 返还 = 居民明细',
      leftFen: sum(pairs.map(residentsNetFen)),
      rightFen: sum(cross.filter(({ scheme }) => scheme === '390').map(netFen)),
    },
    {
      id: 'deductions',
      text: '扣款表合计 = 明细扣款',
      leftFen: sum(pairs.map(deductedFen)),
      rightFen: sum(cross.map((item) => item.deductedFen)),
    },
    {
      id: 'schemes',
      text: '应付合计 = 职工应付 + 居民应付',
      leftFen: sum(pairs.map(({ payableFen }) => payableFen)),
      rightFen: sum(pairs.map((pair) => employeesPayableFen(pair) + residentsPayableFen(pair))),
    },
    ...payers.map((payer) => ({
      id: `payable-${payer}`,
      text: `${payer} 应付表 = 明细`,
      leftFen: netOf(pairs.filter((pair) => pair.payer === payer)),
      rightFen: sum(cross.filter((item) => item.payer === payer).map(netFen)),
    })),
    ...payees.map((payee) => ({
      id: `receivable-${payee}`,
      text: `${payee} 应收表 = 明细`,
      leftFen: netOf(pairs.filter((pair) => pair.payee === payee)),
      rightFen: sum(cross.filter((item) => item.payee === payee).map(netFen)),
    })),
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
