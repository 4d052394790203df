import type { Doors } from './doors.js';
import { clerk } from './people.js';
import type { SettledVisit } from './story/hospital-desk.js';
import { institutionKeyOf, itemKeyOf, personKeyOf } from './world.js';

interface SettlementView {
  readonly personNo: string;
  readonly institutionCode: string;
  readonly scheme: string;
  readonly setting: string;
  readonly route: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly admittedOn: string | null;
  readonly settledOn: string;
  readonly total: string;
  readonly ownExpense: string;
  readonly overLimit: string;
  readonly firstPay: string;
  readonly inScope: string;
  readonly deductible: string;
  readonly ratio: string;
  readonly ratioFrom: string;
  readonly funds: readonly { fundType: string; amount: string }[];
  readonly fundTotal: string;
  readonly personalAccount: string;
  readonly cash: string;
  readonly hospital: string;
  readonly accountBalanceAfter: string;
  readonly lines: readonly {
    item: string;
    price: string;
    quantity: string;
    amount: string;
    ownExpense: string;
    overLimit: string;
    firstPay: string;
    inScope: string;
  }[];
  readonly categories: Readonly<Record<string, string>>;
  readonly refundOf: string | null;
}

export interface SettlementReport extends Omit<
  SettlementView,
  | 'personNo'
  | 'institutionCode'
  | 'setting'
  | 'homeArea'
  | 'treatmentArea'
  | 'funds'
  | 'fundTotal'
  | 'lines'
  | 'categories'
  | 'refundOf'
  | 'admittedOn'
> {
  readonly id: string;
  readonly person: string;
  readonly institution: string;
  readonly home: string;
  readonly treatment: string;
  readonly kind: string;
  readonly fundType: string;
  readonly fund: string;
  readonly admittedOn?: string;
  readonly lines?: readonly object[];
  readonly categories?: Readonly<Record<string, string>>;
  readonly refundOf?: string;
}

/** One settlement as the settlement service holds it, under the id that it has in the month. */
export async function readSettlement(
  doors: Doors,
  id: string,
  { settlementId }: SettledVisit,
  all: ReadonlyMap<string, SettledVisit>,
): Promise<SettlementReport> {
  const view = await doors.call<SettlementView>(clerk('000000'), 'settlement', 'GET', `/settlements/${settlementId}`);
  const refunded = [...all].find(([, other]) => other.settlementId === view.refundOf)?.[0];
  const isRefund = view.refundOf !== null;
  return {
    id,
    person: personKeyOf(view.personNo),
    institution: institutionKeyOf(view.institutionCode),
    home: view.homeArea,
    treatment: view.treatmentArea,
    scheme: view.scheme,
    kind: view.setting,
    route: view.route,
    ...(view.setting === 'inpatient' && view.admittedOn !== null ? { admittedOn: view.admittedOn } : {}),
    settledOn: view.settledOn,
    total: view.total,
    ownExpense: view.ownExpense,
    overLimit: view.overLimit,
    firstPay: view.firstPay,
    inScope: view.inScope,
    deductible: view.deductible,
    ratio: view.ratio,
    ratioFrom: view.ratioFrom,
    fundType: view.funds[0]?.fundType ?? '',
    fund: view.fundTotal,
    personalAccount: view.personalAccount,
    cash: view.cash,
    hospital: view.hospital,
    accountBalanceAfter: view.accountBalanceAfter,
    ...(isRefund
      ? { refundOf: refunded ?? view.refundOf }
      : {
          lines: view.lines.map((line) => ({
            item: itemKeyOf(line.item),
            price: line.price,
            quantity: Number(line.quantity),
            amount: line.amount,
            ownExpense: line.ownExpense,
            overLimit: line.overLimit,
            firstPay: line.firstPay,
            inScope: line.inScope,
          })),
          categories: view.categories,
        }),
  };
}
