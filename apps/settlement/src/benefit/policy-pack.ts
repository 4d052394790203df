import Type from 'typebox';
import type { Static } from 'typebox';
import { DayField, oneOf, strict } from '#shared/contracts';

/** 待遇政策包: one area's policy for one scheme as data. Ratios and amounts are decimal strings, amounts in yuan. */
const Amount = Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,2})?$' });
const Ratio = Type.String({ pattern: '^(0(\\.\\d{1,6})?|1(\\.0{1,6})?)$' });
const Points = Type.String({ pattern: '^\\d{1,2}(\\.\\d{1,2})?$' });
const Article = Type.String({ minLength: 2 });
const byLevel = <T extends Type.TSchema>(value: T) =>
  Type.Object(
    {
      L0: Type.Optional(value),
      L1: Type.Optional(value),
      L2: Type.Optional(value),
      L3: Type.Optional(value),
      L3P: Type.Optional(value),
    },
    strict,
  );

/** 医院等级: 基层, 一级, 二级, 三级, 省部属三级. */
export type InstitutionLevel = 'L0' | 'L1' | 'L2' | 'L3' | 'L3P';

const Deductible = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('per-admission'),
      first: byLevel(Amount),
      repeatShare: Ratio,
      repeatWhen: oneOf('same-level', 'any-level'),
      yearlyMax: Type.Optional(Amount),
      article: Article,
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('per-visit'),
      first: byLevel(Amount),
      levelYearlyMax: Type.Optional(byLevel(Amount)),
      yearlyMax: Type.Optional(Amount),
      article: Article,
    },
    strict,
  ),
]);

const RatioTable = Type.Object(
  {
    byLevel: Type.Optional(byLevel(Ratio)),
    byTier: Type.Optional(Type.Record(Type.String(), byLevel(Ratio))),
    /** One ratio for all retired persons. */
    retired: Type.Optional(Ratio),
    retiredAddPoints: Type.Optional(Points),
    article: Article,
  },
  strict,
);

const Cap = Type.Object({ yearly: Type.Record(Type.String(), Amount), article: Article }, strict);

const SettingTerms = Type.Object(
  { from: DayField, to: Type.Optional(DayField), deductible: Deductible, ratio: RatioTable, cap: Type.Optional(Cap) },
  strict,
);

const CrossRegion = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('minus-points'),
      longTerm: Points,
      referral: Points,
      emergency: Points,
      other: Points,
      article: Article,
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('factor'),
      longTerm: Ratio,
      referral: Ratio,
      emergency: Ratio,
      other: Ratio,
      otherInProvinceInpatient: Type.Optional(Ratio),
      article: Article,
    },
    strict,
  ),
]);

export const policyPackSchema = Type.Object(
  {
    id: Type.String({ minLength: 3, maxLength: 40 }),
    name: Type.String(),
    area: Type.String({ pattern: '^\\d{6}$' }),
    scheme: oneOf('310', '390'),
    from: DayField,
    to: Type.Optional(DayField),
    fundType: Type.String({ pattern: '^\\d{6}$' }),
    source: Type.Object({ trust: oneOf('A', 'B', 'C', 'D'), text: Type.String() }, strict),
    inpatient: Type.Optional(Type.Array(SettingTerms)),
    outpatient: Type.Optional(Type.Array(SettingTerms)),
    crossRegion: CrossRegion,
  },
  strict,
);

export type PolicyPack = Static<typeof policyPackSchema>;
export type BenefitTerms = Static<typeof SettingTerms>;
export type DeductibleTerms = Static<typeof Deductible>;
export type RatioTerms = Static<typeof RatioTable>;
export type CapTerms = Static<typeof Cap>;
export type CrossRegionTerms = Static<typeof CrossRegion>;
