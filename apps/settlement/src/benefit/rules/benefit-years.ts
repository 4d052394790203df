import { addDays, daysBetween, yearOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import { allocate } from '#shared/money';
import type { PolicyPack } from '../../policy/policy-pack.js';
import { addScopes } from '../../scope/scope.js';
import type { BenefitFacts, BillPart } from '../benefit.js';

/** 待遇年度 of a day: named by the calendar year in which it begins (N41). */
export function benefitYearOf(on: Day, begins: string): number {
  const year = yearOf(on);
  return on.slice(5) >= begins ? year : year - 1;
}

export interface YearPart {
  readonly benefitYear: number;
  readonly facts: BenefitFacts;
  /** Whether this part counts as the admission and bears the deductible. */
  readonly counted: boolean;
}

/**
 * 逐日费用未传 (N32 N41): a stay crosses by category, without the days of its charges, so a policy that divides it by them cannot
 * be reckoned from the message of a direct settlement. Then nothing is guessed.
 */
export const lacksLineDays = (pack: PolicyPack, facts: BenefitFacts): boolean =>
  pack.stayOverYear.method === 'line-day' &&
  facts.stay === true &&
  benefitYearOf(facts.admittedOn, pack.benefitYearBegins) < benefitYearOf(facts.settledOn, pack.benefitYearBegins) &&
  facts.parts.some(({ on }) => on === undefined);

/** 跨年度住院 (N41 H51): one bill of the settlement's year, or a share for each benefit year of the stay, no fen lost. */
export function yearParts(pack: PolicyPack, facts: BenefitFacts): YearPart[] {
  const { benefitYearBegins, stayOverYear } = pack;
  const last = benefitYearOf(facts.settledOn, benefitYearBegins);
  const first = benefitYearOf(facts.admittedOn, benefitYearBegins);
  const isStay = facts.stay ?? facts.setting === 'inpatient';
  if (stayOverYear.method === 'whole' || first >= last || !isStay) return [{ benefitYear: last, facts, counted: true }];
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const divided =
    stayOverYear.method === 'average-day'
      ? byAverageDay(facts, years, benefitYearBegins)
      : byLineDay(facts, years, benefitYearBegins);
  return years.flatMap((benefitYear, index) => {
    const parts = divided[index] ?? [];
    const scope = addScopes(parts);
    if (parts.length === 0) return [];
    const counted = stayOverYear.deductible === 'each' || parts === divided.find((one) => one.length > 0);
    return [{ benefitYear, counted, facts: { ...facts, scope, parts } }];
  });
}

/** 逐日费用: each part to the year of its day; a day before or after the stay counts to its first or last year. */
function byLineDay(facts: BenefitFacts, years: readonly number[], begins: string): BillPart[][] {
  const [first = 0, last = first] = [years[0], years[years.length - 1]];
  const yearOfPart = ({ on }: BillPart): number =>
    Math.min(last, Math.max(first, benefitYearOf(on ?? facts.settledOn, begins)));
  return years.map((year) => facts.parts.filter((part) => yearOfPart(part) === year));
}

/** 日均费用: each amount of each part in proportion to the days, remainders by largest remainder. */
function byAverageDay(facts: BenefitFacts, years: readonly number[], begins: string): BillPart[][] {
  const days = daysPerYear(facts.admittedOn, facts.dischargedOn, years, begins);
  const shares = facts.parts.map((part) => {
    const own = allocate(part.ownExpenseFen, days);
    const above = allocate(part.overLimitFen, days);
    const first = allocate(part.firstPayFen, days);
    const inside = allocate(part.inScopeFen, days);
    return years.map((_, index): BillPart => {
      const scope = {
        ownExpenseFen: own[index] ?? 0n,
        overLimitFen: above[index] ?? 0n,
        firstPayFen: first[index] ?? 0n,
        inScopeFen: inside[index] ?? 0n,
      };
      const totalFen = scope.ownExpenseFen + scope.overLimitFen + scope.firstPayFen + scope.inScopeFen;
      return { ...part, ...scope, totalFen };
    });
  });
  return years.map((_, index) =>
    (days[index] ?? 0n) === 0n ? [] : shares.flatMap((ofPart) => (ofPart[index] === undefined ? [] : [ofPart[index]])),
  );
}

/** Days from the admission to the day before the discharge, at least one. */
function daysPerYear(from: Day, to: Day, years: readonly number[], begins: string): bigint[] {
  const end = to > from ? to : addDays(from, 1);
  return years.map((year) => {
    const opens = `${year}-${begins}`;
    const closes = `${year + 1}-${begins}`;
    const days = daysBetween(from > opens ? from : opens, end < closes ? end : closes);
    return BigInt(Math.max(0, days));
  });
}
