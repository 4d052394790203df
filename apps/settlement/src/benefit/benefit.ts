import type { Fen, Ratio } from '#shared/money';
import type { ScopeAmounts } from '../scope/scope.js';
import type { InstitutionLevel } from './policy-pack.js';

/** 待遇路径: on what ground the person is treated away from home (H20). */
export type Route = 'long-term' | 'referral' | 'emergency' | 'other' | 'none';
export type Setting = 'inpatient' | 'outpatient';
export type PersonCategory = 'working' | 'retired' | 'resident';

/** What the engine is told about one bill. */
export interface BenefitFacts {
  readonly setting: Setting;
  readonly level: InstitutionLevel;
  readonly route: Route;
  /** Treated in another province than insured. */
  readonly crossProvince: boolean;
  readonly category: PersonCategory;
  readonly tier: string | null;
  readonly scope: ScopeAmounts;
  readonly useAccount: boolean;
  readonly accountBalanceFen: Fen;
}

/** 累计: what a person has used in the benefit year, by name; a name that is missing is zero. */
export type Accumulators = Readonly<Record<string, bigint>>;

/** One figure of the result with the rule and the clause it rests on. */
export interface Explanation {
  readonly rule: string;
  readonly text: string;
  readonly articles: readonly string[];
}

export interface BenefitSplit {
  readonly deductibleFen: Fen;
  readonly ratio: Ratio;
  /** How the ratio came about, for people. */
  readonly ratioFrom: string;
  readonly funds: readonly { readonly fundType: string; readonly amountFen: Fen }[];
  readonly personalAccountFen: Fen;
  readonly cashFen: Fen;
  readonly hospitalFen: Fen;
  /** What is added to the accumulators; a refund takes exactly this back. */
  readonly changes: Accumulators;
  readonly explanation: readonly Explanation[];
}

/** A pack leaves something open that this bill needs; nothing is guessed. Names the clause. */
export interface MissingClause {
  readonly missingClause: string;
}

export const isMissing = (value: object): value is MissingClause => 'missingClause' in value;
export const missing = (missingClause: string): MissingClause => ({ missingClause });

export const used = (accumulators: Accumulators, name: string): bigint => accumulators[name] ?? 0n;
