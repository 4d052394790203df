import { formatYuan, sum } from '#shared/money';
import { deductedFen, employeesPayableFen, holds, residentsPayableFen } from './tables.js';
import type { Netting, NettingLine, Pair, TableCheck } from './tables.js';

/** The tables in yuan, as JSON: annex 14, 14-1, 14-7 and the deductions. */
export function tablesView(pairs: readonly Pair[], checks: readonly TableCheck[]) {
  const sideOf = (own: readonly Pair[], other: 'payer' | 'payee') => ({
    lines: own.map((pair) => ({
      area: pair[other],
      total: formatYuan(pair.payableFen),
      employees: formatYuan(employeesPayableFen(pair)),
      residents: formatYuan(residentsPayableFen(pair)),
      returned: formatYuan(pair.returnedFen),
    })),
    total: formatYuan(sum(own.map(({ payableFen }) => payableFen))),
  });
  const payers = [...new Set(pairs.map(({ payer }) => payer))];
  const payees = [...new Set(pairs.map(({ payee }) => payee))].sort();
  return {
    matrix: pairs.map(({ payer, payee, payableFen, returnedFen }) => ({
      receives: payee,
      pays: payer,
      amount: formatYuan(payableFen),
      returned: formatYuan(returnedFen),
    })),
    pairs: pairs.map((pair) => ({
      payer: pair.payer,
      payee: pair.payee,
      employees: formatYuan(pair.employeesFen),
      residents: formatYuan(pair.residentsFen),
      deducted: formatYuan(deductedFen(pair)),
      payable: formatYuan(pair.payableFen),
      returned: formatYuan(pair.returnedFen),
    })),
    total: formatYuan(sum(pairs.map(({ payableFen }) => payableFen))),
    payable: Object.fromEntries(
      payers.map((payer) => [
        payer,
        sideOf(
          pairs.filter((pair) => pair.payer === payer),
          'payee',
        ),
      ]),
    ),
    receivable: Object.fromEntries(
      payees.map((payee) => [
        payee,
        sideOf(
          pairs.filter((pair) => pair.payee === payee),
          'payer',
        ),
      ]),
    ),
    deductions: pairs
      .filter((pair) => deductedFen(pair) !== 0n)
      .map((pair) => ({
        payer: pair.payer,
        payee: pair.payee,
        employees: formatYuan(pair.employeesDeductedFen),
        residents: formatYuan(pair.residentsDeductedFen),
        total: formatYuan(deductedFen(pair)),
      })),
    checks: checks.map((check) => ({
      id: check.id,
      text: check.text,
      left: formatYuan(check.leftFen),
      right: formatYuan(check.rightFen),
      holds: holds(check),
    })),
  };
}

const lineView = ({ area, homeFen, treatmentFen, netFen }: NettingLine) => ({
  area,
  home: formatYuan(homeFen),
  treatment: formatYuan(treatmentFen),
  net: formatYuan(netFen),
});

export const nettingView = (netting: Netting) => ({
  crossProvinceEmployees: netting.crossProvinceEmployees.map(lineView),
  crossProvinceResidentsFromProvincialCollection: netting.provincialCollection.map((line) => ({
    area: line.area,
    amount: formatYuan(line.homeFen),
    received: formatYuan(line.treatmentFen),
  })),
  intraProvinceEmployees: netting.intraProvinceEmployees.map(lineView),
  intraProvinceResidents: netting.intraProvinceResidents.map(lineView),
});
