import { formatYuan } from '#shared/money';
import type { ReportedBill } from './reported-bill.repository.js';
import type { CaseLine, ReimbursementCase } from './reimbursement-case.js';
import { payableOf } from './reimbursement-case.js';
import { caseStateNames } from './reimbursement-case.transitions.js';
import type { CaseStep } from './reimbursement.repository.js';

/** 案件概要 for agencies: all amounts in yuan. */
export function caseView(one: ReimbursementCase) {
  const { figures, payee, bank } = one;
  return {
    caseNo: one.caseNo,
    source: one.source,
    cause: one.cause,
    state: one.state,
    stateName: caseStateNames[one.state],
    visitId: one.visitId,
    batchNo: one.batchNo,
    billId: one.billId,
    personNo: one.personNo,
    homeArea: one.homeArea,
    treatmentArea: one.treatmentArea,
    institutionCode: one.institutionCode,
    level: one.level,
    scheme: one.scheme,
    setting: one.setting,
    medType: one.medType,
    emergency: one.emergency,
    admittedOn: one.admittedOn,
    dischargedOn: one.dischargedOn,
    useAccount: one.useAccount,
    keptAt: one.keptAt.toISOString(),
    total: formatYuan(one.totalFen),
    ownExpense: formatYuan(one.ownExpenseFen),
    overLimit: formatYuan(one.overLimitFen),
    firstPay: formatYuan(one.firstPayFen),
    inScope: formatYuan(one.inScopeFen),
    figures: figures === null ? null : figuresView(figures),
    payable: figures === null ? null : formatYuan(payableOf(figures)),
    approvedBy: one.approvedBy,
    approvedOn: one.approvedOn,
    payee: payee && { holder: payee.holder, bankName: payee.bankName, account: payee.maskedAccount },
    bank,
    paidBy: one.paidBy,
  };
}

type Figures = NonNullable<ReimbursementCase['figures']>;

const figuresView = (figures: Figures) => ({
  catalogue: figures.catalogue,
  route: figures.route,
  filingNo: figures.filingNo,
  routeArticles: figures.routeArticles,
  designated: figures.designated,
  deductible: formatYuan(figures.deductibleFen),
  ratio: figures.ratio,
  funds: figures.funds.map(({ fundType, amountFen }) => ({ fundType, amount: formatYuan(amountFen) })),
  fundTotal: formatYuan(figures.fundFen),
  personalAccount: formatYuan(figures.personalAccountFen),
  cash: formatYuan(figures.cashFen),
  packId: figures.packId,
  computedBy: figures.computedBy,
  computedOn: figures.computedOn,
});

/** 案件详情: with diagnoses, every line in both catalogues, and every step. */
export const caseDetails = (one: ReimbursementCase, lines: readonly CaseLine[], steps: readonly CaseStep[]) => ({
  ...caseView(one),
  diagnoses: one.diagnoses,
  lines: lines.map((line) => ({
    lineNo: line.lineNo,
    item: line.itemCode,
    category: line.category,
    price: line.price,
    quantity: line.quantity,
    occurredOn: line.occurredOn,
    amount: formatYuan(line.totalFen),
    treatment: partsView(line),
    counted: partsView(line.counted),
    note: line.note,
  })),
  steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
});

const partsView = (parts: CaseLine['counted']) => ({
  ownExpense: formatYuan(parts.ownExpenseFen),
  overLimit: formatYuan(parts.overLimitFen),
  firstPay: formatYuan(parts.firstPayFen),
  inScope: formatYuan(parts.inScopeFen),
});

/** 待立案的自费账单; who it is is said by number and name, never by the certificate. */
export const reportedBillView = (bill: ReportedBill & { readonly personNo: string; readonly name: string }) => ({
  billId: bill.billId,
  personNo: bill.personNo,
  name: bill.name,
  institutionCode: bill.institutionCode,
  treatmentArea: bill.treatmentArea,
  setting: bill.setting,
  medType: bill.medType,
  admittedOn: bill.admittedOn,
  dischargedOn: bill.dischargedOn,
  completedAt: bill.completedAt.toISOString(),
  total: formatYuan(bill.totalFen),
});
