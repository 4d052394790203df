import type { Day } from '#shared/clock';
import type { Fen, Ratio } from '#shared/money';
import type { AgeRange, Dimension, Tree } from './tree.js';

/** 待遇政策包 as the engine uses it: docs/policy-packs.md in types. Read and checked by read-pack.ts, never made by hand. */

export const settings = ['inpatient', 'outpatient', 'chronic', 'emergency', 'pharmacy', 'maternity', 'injury'] as const;
/** 就医方式 as policies tell them apart. */
export type BenefitSetting = (typeof settings)[number];

export const institutionLevels = ['L0', 'L1', 'L2', 'L3', 'L3P'] as const;
/** 医院等级: 基层, 一级, 二级, 三级, 省部属三级. */
export type InstitutionLevel = (typeof institutionLevels)[number];

export const personCategories = ['working', 'retired', 'resident'] as const;
/** 人员类别. */
export type PersonCategory = (typeof personCategories)[number];

export const routes = ['none', 'long-term', 'referral', 'emergency', 'other', 'unfiled'] as const;
/** 待遇路径: on what ground the person is treated away from home (H20). */
export type Route = (typeof routes)[number];

export const places = ['home', 'province', 'outside'] as const;
/** 就医地: the own pool, another pool of the province, another province. */
export type Where = (typeof places)[number];

export const basicSchemes = ['310', '390'] as const;
export const supplementSchemes = ['320', '330', '370', '610'] as const;
/** 险种: 职工 310, 居民 390; 公务员 320, 大额 330, 企业补充 370, 医疗救助 610. */
export type Scheme = (typeof basicSchemes)[number] | (typeof supplementSchemes)[number];

export const personalParts = [
  'over-cap',
  'co-pay',
  'deductible',
  'route-first-pay',
  'first-pay',
  'over-limit',
  'own-expense',
] as const;
/** 个人负担的组成, in the order in which a layer's payment is taken off them. */
export type PersonalPart = (typeof personalParts)[number];

/** 条款: what a value rests on, so that every figure can name it. */
export interface Clause {
  readonly pack: string;
  readonly clause: string;
  readonly source: string;
  readonly trust: Trust;
  readonly unconfirmed?: string;
}
export const trusts = ['A', 'B', 'B-', 'C', 'D'] as const;
export type Trust = (typeof trusts)[number];

/** 百分比起付线: a share of the bill's total, between floor and ceiling. */
export interface ShareOfTotal {
  readonly share: Ratio;
  readonly minFen: Fen;
  readonly maxFen: Fen;
}

export type Repeat =
  | { readonly kind: 'factor'; readonly sameLevel: boolean; readonly factor: Tree<Ratio> }
  | { readonly kind: 'amount'; readonly sameLevel: boolean; readonly amount: Tree<Fen> }
  | {
      readonly kind: 'less';
      readonly sameLevel: boolean;
      readonly less: Ratio;
      readonly of: 'first' | 'previous';
      readonly floor: Tree<Fen>;
    };

/** 起付标准. */
export interface DeductibleClause {
  readonly clause: Clause;
  readonly per: 'admission' | 'visit' | 'month' | 'year' | 'none';
  readonly amount?: Tree<Fen | ShareOfTotal>;
  readonly times?: Tree<Ratio>;
  readonly repeat?: Repeat;
  readonly everyDays?: number;
  readonly yearlyMax?: Tree<Fen | null>;
  readonly yearlyMaxByLevel?: Tree<Fen | null>;
  readonly counter: string;
}

/** One step of a band table; the last one has no end. */
export interface Step {
  readonly toFen: Fen | null;
  readonly ratio: Tree<Ratio>;
}

/** Values per dimension, all of which must hold; ages as ranges. */
export type When = readonly (
  | { readonly dimension: Exclude<Dimension, 'age' | 'disease'>; readonly values: readonly string[] }
  | { readonly dimension: 'age'; readonly ages: readonly AgeRange[] }
)[];

export type Adjustment =
  | { readonly kind: 'points'; readonly when: When; readonly points: Ratio }
  | { readonly kind: 'co-pay-factor'; readonly when: When; readonly factor: Ratio }
  | {
      readonly kind: 'age';
      readonly fromAge: number;
      readonly everyYears: number;
      readonly points: Ratio;
      readonly fullFromAge: number;
    };

/** 支付比例. A single value is a table of one step. */
export interface RatioClause {
  readonly clause: Clause;
  readonly banded: boolean;
  readonly axis: 'in-scope' | 'base';
  readonly over: 'bill' | 'year';
  readonly steps: readonly Step[];
  readonly adjust: readonly Adjustment[];
}

/** 最高支付限额. */
export interface CapClause {
  readonly clause: Clause;
  readonly name: string;
  readonly kind: 'fund' | 'cost';
  readonly per: 'bill' | 'month' | 'year';
  readonly amount: Tree<Fen | null>;
  readonly several?: 'highest' | 'sum' | { readonly mainPlusFen: Fen };
}

/** 保底. */
export interface FloorClause {
  readonly clause: Clause;
  readonly of: 'in-scope' | 'total';
  readonly ratio: Tree<Ratio | null>;
}

/** 单列项目. */
export interface ItemClause {
  readonly clause: Clause;
  readonly item: string;
  readonly selfPay: Tree<Ratio>;
}

export interface Terms {
  /** The setting that was written; one that is the same as another uses its accumulators too. */
  readonly setting: BenefitSetting;
  readonly from: Day;
  readonly to?: Day;
  readonly fundType: string;
  readonly deductible: DeductibleClause;
  readonly ratio: RatioClause;
  readonly caps: readonly CapClause[];
  readonly floor?: FloorClause;
  readonly items: readonly ItemClause[];
}

/** 异地规则 of one bill. */
export interface CrossRule {
  readonly paysNothing: boolean;
  readonly points?: Ratio;
  readonly factor?: Ratio;
  readonly firstPay?: Ratio;
  readonly asLevel?: InstitutionLevel;
}

export const layerKinds = ['large-amount', 'serious-illness', 'civil-servant', 'employer', 'aid'] as const;
export type LayerKind = (typeof layerKinds)[number];

export interface Layer {
  readonly clause: Clause;
  readonly layer: string;
  readonly kind: LayerKind;
  readonly fundType: string;
  readonly settings: readonly BenefitSetting[];
  readonly when: When;
  readonly base: readonly PersonalPart[];
  readonly over: 'bill' | 'year';
  readonly start?: Tree<Fen | null>;
  readonly measuredFrom: 'zero' | 'start';
  readonly steps: readonly Step[];
  readonly adjust: readonly Adjustment[];
  readonly cut: boolean;
  readonly caps: readonly CapClause[];
}

export interface HospitalClause {
  readonly clause: Clause;
  readonly of: PersonalPart;
  readonly ratio: Tree<Ratio>;
}

export interface AccountClause {
  readonly clause: Clause;
  readonly pays: readonly PersonalPart[];
  readonly settings: readonly BenefitSetting[];
}

export interface Domains {
  readonly levels: readonly InstitutionLevel[];
  readonly categories: readonly PersonCategory[];
  readonly tiers: readonly string[];
  readonly identities: readonly string[];
  readonly diseases: readonly string[];
}

export interface PolicyPack {
  readonly id: string;
  readonly name: string;
  readonly status: 'draft' | 'effective';
  readonly area: string;
  readonly schemes: readonly Scheme[];
  readonly from: Day;
  readonly to?: Day;
  readonly versionBy: 'settlement' | 'admission';
  /** mm-dd. */
  readonly benefitYearBegins: string;
  readonly stayOverYear: {
    readonly method: 'whole' | 'average-day' | 'line-day';
    readonly deductible: 'earlier' | 'each';
  };
  readonly outsideCeilings?: string;
  readonly domains: Domains;
  readonly terms: Readonly<Partial<Record<BenefitSetting, readonly Terms[]>>>;
  readonly crossRegion?: { readonly clause: Clause; readonly rule: Tree<CrossRule> };
  readonly layers: readonly Layer[];
  readonly hospital: readonly HospitalClause[];
  readonly account?: AccountClause;
}

/** 一个人的待遇: the basic pack and the supplements that the person has besides. */
export interface Policy {
  readonly basic: PolicyPack;
  readonly supplements: readonly PolicyPack[];
}
