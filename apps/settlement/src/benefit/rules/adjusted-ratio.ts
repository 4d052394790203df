import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import type { Adjustment, CrossRule, When } from '../../policy/policy-pack.js';
import type { AgeRange, Position } from '../../policy/tree.js';

const nought = ratio('0');
const one = ratio('1');

export const noCut: Pick<CrossRule, 'factor' | 'points'> = {};

/** 条件: all named dimensions have one of the named values. A condition on an age that nobody knows holds for nobody. */
export const holds = (when: When, at: Position): boolean =>
  when.every((one) =>
    one.dimension === 'age' ? at.age !== null && isWithin(at.age, one.ages) : one.values.includes(at[one.dimension]),
  );

const isWithin = (age: number, ranges: readonly AgeRange[]): boolean =>
  ranges.some(({ from, to }) => from <= age && age <= to);

/** Whether a change cannot be decided without the person's age. */
export const asksForAge = (when: When): boolean => when.some(({ dimension }) => dimension === 'age');
export const changesByAge = (change: Adjustment): boolean => change.kind === 'age' || asksForAge(change.when);

/** One change of a ratio that applies to the bill, in words and numbers. */
export function applyAdjustment(before: Ratio, change: Adjustment, at: Position): Ratio {
  switch (change.kind) {
    case 'points':
      return holds(change.when, at) ? before.plus(change.points) : before;
    case 'co-pay-factor':
      return holds(change.when, at) ? one.minus(one.minus(before).times(change.factor)) : before;
    case 'age': {
      if (at.age === null) return before;
      if (at.age >= change.fullFromAge) return one;
      if (at.age < change.fromAge) return before;
      const steps = Math.floor((at.age - change.fromAge) / change.everyYears) + 1;
      return before.plus(change.points.times(steps));
    }
  }
}

/** 支付比例 (H20 P2.6): the table's ratio, raised or lowered for the person, then lowered for the route; between 0 and 1. */
export function adjustedRatio(
  table: Ratio,
  adjustments: readonly Adjustment[],
  at: Position,
  cut: Pick<CrossRule, 'factor' | 'points'>,
): Ratio {
  let value = table;
  for (const change of adjustments) value = applyAdjustment(value, change, at);
  if (cut.factor !== undefined) value = value.times(cut.factor);
  if (cut.points !== undefined) value = value.minus(cut.points);
  if (value.lessThan(nought)) return nought;
  return value.greaterThan(one) ? one : value;
}
