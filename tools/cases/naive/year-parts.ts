import { benefitYearOf, dayNumber, dayOf } from './days.js';
import { fieldsOf, isGiven, textOf } from './fields.js';
import { number, sum, type Yuan } from './money.js';
import type { Bill, BillPart, Fields } from './model.js';

export interface YearPart {
  year: number;
  total: Yuan;
  parts: readonly BillPart[];
  /** false where the admission was counted, and the deductible taken, in an earlier year */
  admission: boolean;
}

const AMOUNTS = ['ownExpense', 'overLimit', 'firstPay', 'inScope'] as const;

/** Section 8.1: one computation, or one for each benefit year that the stay touches. */
export function yearPartsOf(pack: Fields, bill: Bill): YearPart[] {
  const begins = isGiven(pack['benefitYear']) ? textOf(pack['benefitYear']) : '01-01';
  const year = benefitYearOf(bill.on, begins);
  const stay = fieldsOf(pack['stayOverYear']);
  const method = isGiven(stay['method']) ? textOf(stay['method']) : 'whole';
  if (method === 'whole' || bill.setting !== 'inpatient' || benefitYearOf(bill.admitted, begins) >= year) {
    return [{ year, total: bill.total, parts: bill.parts, admission: true }];
  }
  const byYear = method === 'average-day' ? byAverageDay(bill, begins) : byDayOfPart(bill, begins);
  const years = [...byYear.keys()].sort((a, b) => a - b);
  return years.map((each, index) => {
    const parts = byYear.get(each) ?? [];
    const total = sum(parts.flatMap((part) => AMOUNTS.map((name) => part[name])));
    return { year: each, total, parts, admission: index === 0 || stay['deductible'] === 'each' };
  });
}

function byDayOfPart(bill: Bill, begins: string): Map<number, BillPart[]> {
  const dayWithin = ({ on = bill.on }: BillPart): string =>
    on < bill.admitted ? bill.admitted : on > bill.on ? bill.on : on;
  return Map.groupBy(bill.parts, (part) => benefitYearOf(dayWithin(part), begins));
}

function byAverageDay(bill: Bill, begins: string): Map<number, BillPart[]> {
  const first = dayNumber(bill.admitted);
  const days = new Map<number, number>();
  for (let day = first; day < Math.max(dayNumber(bill.discharged), first + 1); day++) {
    const year = benefitYearOf(dayOf(day), begins);
    days.set(year, (days.get(year) ?? 0) + 1);
  }
  const weights = [...days.values()];
  const split = new Map<number, BillPart[]>([...days.keys()].map((year) => [year, []]));
  for (const part of bill.parts) {
    const shares = AMOUNTS.map((name) => allocate(part[name], weights));
    [...days.keys()].forEach((year, index) => {
      const amounts = Object.fromEntries(AMOUNTS.map((name, at) => [name, shares[at]?.[index]]));
      split.get(year)?.push({ ...part, ...amounts });
    });
  }
  return split;
}

/** By largest remainder, a tie to the earlier. */
function allocate(amount: Yuan, weights: readonly number[]): Yuan[] {
  const fen = amount.times(100);
  const days = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => fen.times(weight).dividedToIntegerBy(days));
  const remainders = weights.map((weight) => fen.times(weight).mod(days));
  const byRemainder = weights
    .map((_, index) => index)
    .sort((a, b) => (remainders[b] ?? fen).comparedTo(remainders[a] ?? fen) || a - b);
  const missing = fen.minus(sum(exact)).toNumber();
  for (const index of byRemainder.slice(0, missing)) exact[index] = (exact[index] ?? fen).plus(1);
  return exact.map((each) => each.times(number('0.01')));
}
