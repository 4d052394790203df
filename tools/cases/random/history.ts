/** A year or two of one person, written so that both engines and a case file can read it. Amounts are yuan as text. */
export interface History {
  /** packs as YAML, basic first */
  packs: readonly string[];
  /** packs that those extend, as YAML */
  library: readonly string[];
  /** balance of the personal account in the beginning */
  account: string;
  bills: readonly HistoryBill[];
}

export interface HistoryPerson {
  category: string;
  tier?: string;
  identities: readonly string[];
  age?: number;
  area: string;
}

export interface HistoryPart {
  ownExpense: string;
  overLimit: string;
  firstPay: string;
  inScope: string;
  item?: string;
  on?: string;
}

export interface ChargeBill {
  id: string;
  on: string;
  admitted: string;
  discharged: string;
  setting: string;
  level: string;
  route: string;
  where: string;
  designated: boolean;
  diseases: readonly string[];
  useAccount: boolean;
  total: string;
  parts: readonly HistoryPart[];
  /** as the person is on that day */
  person: HistoryPerson;
}

export interface RefundBill {
  id: string;
  refundOf: string;
}

export type HistoryBill = ChargeBill | RefundBill;

export const isCharge = (bill: HistoryBill): bill is ChargeBill => !isRefund(bill);
export const isRefund = (bill: HistoryBill): bill is RefundBill => 'refundOf' in bill;

/** What one engine says about one bill, in one form for both; amounts and counts as plain decimal text. */
export type Figures = Readonly<Record<string, string>>;

/** An engine that goes through a history bill by bill and keeps its own accumulators and balance. */
export interface Teller {
  /** Every figure and every accumulator after the bill, or the refusal. */
  next(bill: HistoryBill): Figures;
}
