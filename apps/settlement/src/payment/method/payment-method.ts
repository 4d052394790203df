import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { InstitutionLevel } from '../../policy/policy-pack.js';

/** One settled case as a payment method sees it; where the patient is from is not among it (N52). */
export interface PaymentCase {
  readonly settlementId: string;
  readonly settledOn: Day;
  readonly level: InstitutionLevel;
  readonly mainDiagnosis: string | null;
  readonly totalFen: Fen;
  readonly ownExpenseFen: Fen;
  readonly overLimitFen: Fen;
  readonly hospitalFen: Fen;
  /** 基金与个人账户: what the home area is charged; no method changes it. */
  readonly chargedFen: Fen;
}

/** What the hospital gets for a case, and by what. */
export interface CasePayment {
  readonly method: 'by-item' | 'by-group';
  readonly groupCode: string | null;
  /** charged + difference. */
  readonly owedFen: Fen;
  /** 就医地基金承担（正）或留存（负）: never the home area's. */
  readonly differenceFen: Fen;
  readonly articles: readonly string[];
}

/** 支付方式 (H60 P3.5): what the treatment place owes its hospital for a case, beside what the home area is charged. */
export abstract class PaymentMethod {
  abstract pay(one: PaymentCase): CasePayment;
}
