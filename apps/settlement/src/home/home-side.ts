import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import type { Outcome } from '#shared/errors';
import type { Fen } from '#shared/money';
import type { BenefitSplit } from '../benefit/benefit.js';
import type { BenefitSetting, InstitutionLevel, Route } from '../policy/policy-pack.js';
import type { ScopeAmounts } from '../scope/scope.js';
import type { Setting } from '../visit/visit.js';

/** 就医地 → 参保地: one bill as the treatment side sends it. Inpatients by category (N32), outpatients by line (N33). */
export interface ShareRequest {
  readonly settlementId: string;
  readonly visitId: string;
  readonly personNo: string;
  readonly scheme: '310' | '390';
  readonly setting: Setting;
  /** 就医方式 as the home area's policy tells them apart. */
  readonly benefitSetting: BenefitSetting;
  /** Unfiled only in a reimbursement (H20): direct settlement is never without a ground. */
  readonly route: Route;
  /** 定点 (H20(5)); missing means that it is, as with every institution that settles directly. */
  readonly designated?: boolean;
  /** 外伤 without a third party: counts where the home area has terms of its own for it (N35). */
  readonly injury: boolean;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
  readonly level: InstitutionLevel;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly settledOn: Day;
  readonly settledAt: Date;
  /** 慢特病 of the bill, the chosen one first. */
  readonly diseases: readonly string[];
  readonly scope: ScopeAmounts;
  readonly parts: readonly (ScopeAmounts & { readonly category: string })[];
  readonly useAccount: boolean;
}

/** 参保地 → 就医地: who pays what, and why. */
export interface Share extends Pick<
  BenefitSplit,
  'benefitYear' | 'deductibleFen' | 'ratio' | 'funds' | 'personalAccountFen' | 'cashFen' | 'hospitalFen' | 'figures'
> {
  readonly packId: string;
  readonly accountBalanceAfterFen: Fen;
}

export interface RefundRequest {
  readonly settlementId: string;
  readonly refundOf: string;
  readonly personNo: string;
  readonly homeArea: string;
  readonly settledOn: Day;
  readonly settledAt: Date;
}

/**
 * 参保地侧: the only way in which the treatment side meets the home side, which may be here or in another deployment.
 * What moves money works in the caller's transaction; several requests of one person behave as if they came one after the other.
 */
export abstract class HomeSide {
  /** 预结算: the answer that a settlement would get now; nothing moves. It may take as long as another deployment does. */
  abstract trial(request: ShareRequest): Promise<Outcome<Share>>;
  abstract settle(tx: Transaction, requests: readonly ShareRequest[]): Promise<Outcome<Share>[]>;
  /** 退费: gives back exactly what the original moved, to the benefit year of the original. Answers the account balance. */
  abstract refund(tx: Transaction, request: RefundRequest): Promise<Fen>;
}
