import type { Day } from '#shared/clock';
import type { PayloadOf, settlementCompleted } from '#shared/contracts';
import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Figure } from '../benefit/figure.js';
import { negateScope } from '../scope/scope.js';
import type { ScopeAmounts } from '../scope/scope.js';
import type { DirectRoute } from '../visit/rules/decide-route.js';
import type { Setting } from '../visit/visit.js';

/** 结算: one charge, or one refund with every amount negated. Nothing of it is ever changed afterwards. */
export interface Settlement extends ScopeAmounts {
  readonly settlementId: string;
  readonly kind: 'charge' | 'refund';
  readonly refundOf: string | null;
  readonly visitId: string;
  readonly personNo: string;
  readonly scheme: '310' | '390';
  readonly setting: Setting;
  readonly medType: string;
  readonly route: DirectRoute;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
  readonly admittedOn: Day;
  readonly settledOn: Day;
  readonly settledAt: Date;
  readonly deductibleFen: Fen;
  readonly ratio: string;
  readonly ratioFrom: string;
  readonly funds: readonly { readonly fundType: string; readonly amountFen: Fen }[];
  readonly personalAccountFen: Fen;
  readonly cashFen: Fen;
  readonly hospitalFen: Fen;
  readonly accountBalanceAfterFen: Fen;
  readonly packId: string;
  readonly explanation: readonly Figure[];
  readonly msgid: string;
  readonly invoiceNo: string | null;
}

export const fundTotal = ({ funds }: Pick<Settlement, 'funds'>): Fen => sum(funds.map(({ amountFen }) => amountFen));

/** The second identity of every settlement: total = funds + personal account + cash + hospital. */
export const payersAddUp = (one: Settlement): boolean =>
  one.totalFen === fundTotal(one) + one.personalAccountFen + one.cashFen + one.hospitalFen;

/** 退费: the exact negative of what was settled, on the day of the refund. */
export function refundOf(
  original: Settlement,
  refund: Pick<Settlement, 'settlementId' | 'settledOn' | 'settledAt' | 'accountBalanceAfterFen' | 'msgid'>,
): Settlement {
  return {
    ...original,
    ...negateScope(original),
    ...refund,
    kind: 'refund',
    refundOf: original.settlementId,
    deductibleFen: -original.deductibleFen,
    funds: original.funds.map(({ fundType, amountFen }) => ({ fundType, amountFen: -amountFen })),
    personalAccountFen: -original.personalAccountFen,
    cashFen: -original.cashFen,
    hospitalFen: -original.hospitalFen,
  };
}

/** The settlement as the other services hear of it. */
export const completedPayload = (one: Settlement): PayloadOf<typeof settlementCompleted> => ({
  settlementId: one.settlementId,
  kind: one.kind,
  refundOf: one.refundOf,
  visitId: one.visitId,
  personNo: one.personNo,
  scheme: one.scheme,
  setting: one.setting,
  route: one.route,
  homeArea: one.homeArea,
  treatmentArea: one.treatmentArea,
  institutionCode: one.institutionCode,
  settledOn: one.settledOn,
  total: formatYuan(one.totalFen),
  ownExpense: formatYuan(one.ownExpenseFen),
  overLimit: formatYuan(one.overLimitFen),
  firstPay: formatYuan(one.firstPayFen),
  inScope: formatYuan(one.inScopeFen),
  deductible: formatYuan(one.deductibleFen),
  funds: one.funds.map(({ fundType, amountFen }) => ({ fundType, amount: formatYuan(amountFen) })),
  personalAccount: formatYuan(one.personalAccountFen),
  cash: formatYuan(one.cashFen),
  hospital: formatYuan(one.hospitalFen),
});
