import type { Day } from '#shared/clock';
import type { Fen, Ratio } from '#shared/money';
import type {
  BenefitSetting,
  InstitutionLevel,
  PersonalPart,
  PersonCategory,
  Route,
  Where,
} from '../policy/policy-pack.js';
import type { ScopeAmounts } from '../scope/scope.js';
import type { Figure } from './figure.js';

/** One part of a bill: a line, or one of the 14 categories of an inpatient. */
export interface BillPart extends ScopeAmounts {
  /** 单列项目 that the home area may pay in its own way. */
  readonly item?: string;
  readonly on?: Day;
}

/** What the engine is told about one bill. */
export interface BenefitFacts {
  readonly setting: BenefitSetting;
  /** 住院, whatever the terms it falls under; when nobody says, the setting `inpatient` is one. */
  readonly stay?: boolean;
  readonly level: InstitutionLevel;
  readonly route: Route;
  readonly where: Where;
  /** 定点: on the network of insured institutions. */
  readonly designated: boolean;
  /** The person's pool. */
  readonly area: string;
  readonly category: PersonCategory;
  readonly tier: string | null;
  readonly identities: readonly string[];
  /** Whole years on the settlement day; null where nobody knows. */
  readonly age: number | null;
  /** 慢特病 of the bill, the chosen one first. */
  readonly diseases: readonly string[];
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly settledOn: Day;
  readonly scope: ScopeAmounts;
  readonly parts: readonly BillPart[];
  readonly useAccount: boolean;
  readonly accountBalanceFen: Fen;
}

/** 累计: what a person has used in one benefit year, by name; a name that is missing is zero. */
export type Accumulators = Readonly<Record<string, bigint>>;
/** 累计 of several benefit years, by the year in which each begins. */
export type YearBook = Readonly<Record<string, Accumulators>>;

export interface FundPayment {
  readonly fundType: string;
  /** `basic`, or the name of the layer. */
  readonly layer: string;
  readonly amountFen: Fen;
}

/** 待遇结果: who pays what, with total = funds + account + cash + hospital, and what it moved. */
export interface BenefitSplit {
  readonly benefitYear: number;
  /** 1, or 2 for a stay that was divided at the turn of the year. */
  readonly yearParts: number;
  readonly deductibleFen: Fen;
  /** 支付比例 of the first band; null where the basic fund had nothing to pay from. */
  readonly ratio: Ratio | null;
  readonly funds: readonly FundPayment[];
  /** 个人负担 before the personal account pays. */
  readonly personal: Readonly<Record<PersonalPart, Fen>>;
  readonly personalAccountFen: Fen;
  readonly cashFen: Fen;
  readonly hospitalFen: Fen;
  /** What is added to the accumulators; a refund takes exactly this back. */
  readonly changes: YearBook;
  /** Clauses that nobody has confirmed yet and that this result rests on. */
  readonly unconfirmed: readonly string[];
  readonly figures: readonly Figure[];
}

/** Why a bill cannot be computed. `clause` names what the policy leaves open, or what of the bill does not fit. */
export interface BenefitRefusal {
  readonly refused:
    | 'BILL_TOO_LONG'
    | 'BILL_NEGATIVE'
    | 'BILL_SUMS_DIFFER'
    | 'BILL_DAYS_WRONG'
    | 'BILL_LEVEL_UNCOVERED'
    | 'BILL_PERSON_UNCOVERED'
    | 'POLICY_NOT_IN_FORCE'
    | 'POLICY_MISSING';
  readonly clause: string;
}

export const isRefused = (value: object): value is BenefitRefusal => 'refused' in value;

export const used = (accumulators: Accumulators, name: string): bigint => accumulators[name] ?? 0n;
