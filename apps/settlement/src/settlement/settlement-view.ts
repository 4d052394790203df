import { formatYuan } from '#shared/money';
import { foldCategories } from '../scope/rules/fold-categories.js';
import { fundTotal } from './settlement.js';
import type { SettlementLine, StoredSettlement } from './settlement.repository.js';

const twoDecimals = (text: string): string =>
  /^-?\d+$/.test(text) ? `${text}.00` : /^-?\d+\.\d$/.test(text) ? `${text}0` : text;

/** 结算详情 for agencies: all amounts in yuan, with the reasons. */
export function settlementView(one: StoredSettlement, lines: readonly SettlementLine[]) {
  return {
    settlementId: one.settlementId,
    kind: one.kind,
    refundOf: one.refundOf,
    visitId: one.visitId,
    personNo: one.personNo,
    scheme: one.scheme,
    setting: one.setting,
    medType: one.medType,
    route: one.route,
    homeArea: one.homeArea,
    treatmentArea: one.treatmentArea,
    institutionCode: one.institutionCode,
    admittedOn: one.admittedOn,
    settledOn: one.settledOn,
    total: formatYuan(one.totalFen),
    ownExpense: formatYuan(one.ownExpenseFen),
    overLimit: formatYuan(one.overLimitFen),
    firstPay: formatYuan(one.firstPayFen),
    inScope: formatYuan(one.inScopeFen),
    deductible: formatYuan(one.deductibleFen),
    ratio: one.ratio,
    ratioFrom: one.ratioFrom,
    funds: one.funds.map(({ fundType, amountFen }) => ({ fundType, amount: formatYuan(amountFen) })),
    fundTotal: formatYuan(fundTotal(one)),
    personalAccount: formatYuan(one.personalAccountFen),
    cash: formatYuan(one.cashFen),
    hospital: formatYuan(one.hospitalFen),
    accountBalanceAfter: formatYuan(one.accountBalanceAfterFen),
    packId: one.packId,
    explanation: one.explanation,
    declarationId: one.declarationId,
    lines: lines.map((line) => ({
      lineNo: line.lineNo,
      item: line.itemCode,
      category: line.category,
      price: twoDecimals(line.price),
      quantity: line.quantity,
      amount: formatYuan(line.totalFen),
      ownExpense: formatYuan(line.ownExpenseFen),
      overLimit: formatYuan(line.overLimitFen),
      firstPay: formatYuan(line.firstPayFen),
      inScope: formatYuan(line.inScopeFen),
    })),
    categories: Object.fromEntries(
      foldCategories(lines).map(({ category, totalFen }) => [category, formatYuan(totalFen)]),
    ),
  };
}
