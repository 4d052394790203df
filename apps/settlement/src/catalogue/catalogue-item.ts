import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { InstitutionLevel } from '../policy/policy-pack.js';
import type { CatalogueTerms } from '../scope/scope.js';

/** 按医院等级的限价; a level that is not named has the limit of the item. */
export type LevelLimits = Readonly<Partial<Record<InstitutionLevel, Fen>>>;

/** 目录项目 of a treatment place, in force from a day on. */
export interface CatalogueItem extends CatalogueTerms {
  readonly code: string;
  readonly name: string;
  /** 医疗收费项目类别, 01 to 14. */
  readonly category: string;
  readonly levelLimits: LevelLimits;
  /** 慢特病支付范围: the diseases in whose scope the place has it. */
  readonly diseases: readonly string[];
}

/** 目录版本: an item with the days for which it is meant. */
export interface ItemVersion {
  readonly item: CatalogueItem;
  readonly from: Day;
  /** Null where it stays until a later version. */
  readonly to: Day | null;
}

/** 限价 at a hospital of a level (N31); without a level the one that holds for all. */
export const limitAt = (
  { levelLimits, priceLimitFen }: Pick<CatalogueItem, 'levelLimits' | 'priceLimitFen'>,
  level: InstitutionLevel | undefined,
): Fen | null => (level === undefined ? undefined : levelLimits[level]) ?? priceLimitFen;
