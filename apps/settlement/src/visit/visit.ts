import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { ChronicScope } from '../catalogue/rules/chronic-scope.js';
import type { CatalogueClass, ScopeAmounts } from '../scope/scope.js';

/** 住院, 门诊: how a visit is kept and cleared. Policies tell more apart, see policy-pack.ts. */
export type Setting = 'inpatient' | 'outpatient';
export type VisitState = 'registered' | 'admitted' | 'discharged' | 'settled' | 'cancelled';
export type VisitEvent =
  'describe' | 'charge' | 'cancel-charges' | 'try' | 'discharge' | 'undo-discharge' | 'settle' | 'refund' | 'cancel';

/** What the hospital wrote about a visit or a line beside what is reckoned with, by the names of the interface. */
export type Details = Readonly<Record<string, unknown>>;

/** 就诊登记: one stay or one outpatient registration, as the treatment side keeps it. */
export interface Visit {
  readonly visitId: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  readonly personNo: string;
  /** The number that goes on where this one was merged. */
  readonly livingNo?: string | null;
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
  /** The settlement that its lines belong to; the latest where there are several. */
  readonly settledBy?: string | null;
  readonly details?: Details;
  /** Whether the hospital has told any diagnosis. */
  readonly diagnosed?: boolean;
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
  /** 原费用流水号 of a line that takes charges back. */
  readonly reversesLine?: string | null;
  /** 外检医院或外购药店 of a line that was done elsewhere (N36), and the hospital's word that it holds the form. */
  readonly outsideInstitution?: string | null;
  readonly outsideFormHeld?: boolean | null;
  /** The message that uploaded it, so that a reversal takes back exactly its lines. */
  readonly msgid?: string | null;
  readonly details?: Details | null;
  /** 门诊慢特病 for which the line was charged and the person is qualified; missing or empty for all other lines. */
  readonly diseases?: readonly string[];
  /** 慢特病支付范围 by which it was split; null for all other lines. */
  readonly chronicScope?: ChronicScope | null;
}
