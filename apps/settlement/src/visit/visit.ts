import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { CatalogueClass, ScopeAmounts } from '../scope/scope.js';

/** 住院, 门诊: how a visit is kept and cleared. Policies tell more apart, see policy-pack.ts. */
export type Setting = 'inpatient' | 'outpatient';
export type VisitState = 'open' | 'discharged' | 'settled' | 'cancelled';
export type VisitEvent =
  | 'charge'
  | 'cancel-charges'
  | 'discharge'
  | 'undo-discharge'
  | 'settle-inpatient'
  | 'settle-outpatient'
  | 'refund-inpatient'
  | 'refund-outpatient'
  | 'cancel';

/** 就诊登记: one stay or one outpatient registration, as the treatment side keeps it. */
export interface Visit {
  readonly visitId: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  readonly personNo: string;
  readonly homeArea: string;
  readonly scheme: '310' | '390';
  readonly setting: Setting;
  /** 医疗类别, for example 21 普通住院, 24 急诊转住院, 11 普通门诊, 13 急诊. */
  readonly medType: string;
  readonly emergency: boolean;
  /** 住院/门诊号 of the hospital. */
  readonly hospitalNo: string;
  readonly status: VisitState;
  readonly version: number;
  readonly admittedOn: Day;
  readonly dischargedOn: Day | null;
}

/** 费用明细 with its split by the catalogue of the treatment place. */
export interface FeeLine extends ScopeAmounts {
  readonly visitId: string;
  readonly lineNo: string;
  readonly batchNo: string;
  readonly itemCode: string;
  readonly category: string;
  readonly class: CatalogueClass;
  readonly firstPayRatio: string;
  readonly priceLimitFen: Fen | null;
  readonly price: string;
  readonly quantity: string;
  readonly occurredOn: Day;
  readonly position: number;
  readonly settlementId: string | null;
}
