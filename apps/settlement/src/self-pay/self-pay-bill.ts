import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { ScopeAmounts } from '../scope/scope.js';
import type { Details, FeeLine, Setting } from '../visit/visit.js';

/** 自费账单 (N61 H59): what a patient who paid all of it was treated for; a reimbursement case may grow from it later. */
export interface SelfPayBill {
  readonly billId: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  /** 医药机构就诊 ID: the hospital's own number. */
  readonly hospitalVisitNo: string;
  readonly setting: Setting;
  readonly completedAt: Date | null;
}

/** 就诊信息 of a bill; it may come before or after the lines. */
export interface SelfPayVisit {
  readonly medType: string;
  readonly certificateType: string;
  readonly identityNumber: string;
  readonly name: string;
  readonly admittedOn: Day;
  readonly dischargedOn: Day | null;
  readonly statedTotalFen: Fen | null;
  readonly details: Details;
  readonly diagnoses: readonly object[];
}

/** 费用明细 as the hospital sends it. */
export interface GivenSelfPayLine {
  readonly lineNo: string;
  readonly itemCode: string;
  readonly category: string | null;
  readonly price: string;
  readonly quantity: string;
  readonly amountFen: Fen;
  readonly occurredAt: Date;
  readonly details: Details;
}

/** 费用明细 with its split by the treatment place's catalogue; what is not in it is own expense. */
export interface SelfPayLine
  extends
    ScopeAmounts,
    Pick<
      FeeLine,
      | 'lineNo'
      | 'itemCode'
      | 'category'
      | 'class'
      | 'firstPayRatio'
      | 'priceLimitFen'
      | 'price'
      | 'quantity'
      | 'position'
    > {
  readonly occurredAt: Date;
  readonly inCatalogue: boolean;
  readonly details: Details;
}
