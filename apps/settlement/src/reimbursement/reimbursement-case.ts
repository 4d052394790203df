import { dayOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { BankDetails } from '#shared/payments';
import type { Figure } from '../benefit/figure.js';
import type { InstitutionLevel, Route } from '../policy/policy-pack.js';
import type { ScopeAmounts } from '../scope/scope.js';
import type { Setting } from '../visit/visit.js';

export type CaseState = 'kept' | 'computed' | 'approved' | 'paid' | 'closed' | 'withdrawn' | 'refused' | 'cancelled';
export type CaseEvent = 'compute' | 'approve' | 'pay' | 'close' | 'withdraw' | 'refuse' | 'cancel';

/** 核算目录: whose catalogue says what is in scope (H53: of home, where nothing else is wanted). */
export type CaseCatalogue = 'home' | 'treatment';

/** What a case grows from: a visit whose direct settlement failed (N44), or a bill that the patient paid in full (H59). */
export type CaseOrigin =
  | {
      readonly source: 'direct-failed';
      readonly visitId: string;
      readonly batchNo: string | null;
      readonly billId: null;
    }
  | { readonly source: 'self-paid'; readonly visitId: null; readonly batchNo: null; readonly billId: string };

/** 留存的账单: who was treated where, when, and of what kind. */
export interface KeptBill {
  /** The code with which direct settlement was refused; null for a bill that was never tried. */
  readonly cause: string | null;
  readonly personNo: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
  readonly level: InstitutionLevel;
  readonly scheme: '310' | '390';
  readonly setting: Setting;
  readonly medType: string;
  readonly emergency: boolean;
  readonly admittedOn: Day;
  /** 就医结束日: of the discharge, or of an outpatient's settlement. */
  readonly dischargedOn: Day;
  readonly useAccount: boolean;
  readonly diagnoses: unknown;
  /** 慢特病 of the bill, the chosen one first. */
  readonly diseases: readonly string[];
  /** 外伤 without a third party (N35). */
  readonly injury: boolean;
  readonly keptAt: Date;
}

/** 费用明细 of a case: as the treatment place split it, and as the catalogue of the case does. */
export interface CaseLine extends ScopeAmounts {
  readonly lineNo: string;
  readonly itemCode: string;
  readonly category: string;
  readonly price: string;
  readonly quantity: string;
  readonly occurredOn: Day;
  readonly position: number;
  readonly counted: Omit<ScopeAmounts, 'totalFen'>;
  /** Why it counts otherwise than at the treatment place; null where it does not. */
  readonly note: string | null;
}

/** 核算结果: who pays what by the home area's policy, and why. */
export interface CaseFigures {
  readonly catalogue: CaseCatalogue;
  readonly route: Route;
  readonly filingNo: string | null;
  readonly routeArticles: readonly string[];
  readonly designated: boolean;
  readonly deductibleFen: Fen;
  readonly ratio: string;
  readonly funds: readonly { readonly fundType: string; readonly amountFen: Fen }[];
  readonly fundFen: Fen;
  readonly personalAccountFen: Fen;
  readonly cashFen: Fen;
  readonly packId: string;
  readonly explanation: readonly Figure[];
  readonly computedBy: string;
  readonly computedOn: Day;
}

/** 收款账户: the person's own; the number is never kept in the clear. */
export interface CasePayee {
  readonly holder: string;
  readonly bankName: string;
  readonly maskedAccount: string;
  readonly accountHash: string;
}

/** 报销案件 (N44 N61). The scope amounts are those of the catalogue that counts. */
export type ReimbursementCase = KeptBill &
  CaseOrigin &
  ScopeAmounts & {
    readonly caseNo: string;
    readonly state: CaseState;
    readonly version: number;
    readonly figures: CaseFigures | null;
    /** Its entry in the home side's book. */
    readonly grantId: string | null;
    readonly approvedBy: string | null;
    readonly approvedOn: Day | null;
    readonly payee: CasePayee | null;
    readonly bank: BankDetails | null;
    readonly paidBy: string | null;
  };

/** 结算日: on which direct settlement failed, or on which the patient left and paid; the benefits are those of this day. */
export function settledOnOf({ source, keptAt, dischargedOn }: ReimbursementCase): Day {
  const keptOn = dayOf(keptAt);
  return source === 'self-paid' || keptOn < dischargedOn ? dischargedOn : keptOn;
}

/** 应付: what the person gets back, from the funds and from the own account. */
export const payableOf = (figures: Pick<CaseFigures, 'fundFen' | 'personalAccountFen'> | null): Fen =>
  figures === null ? 0n : figures.fundFen + figures.personalAccountFen;
