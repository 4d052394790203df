import { isGiven, isFields, listOf, fieldsOf, textOf } from './fields.js';
import { least, most, one, toFen, within, zero, type Yuan } from './money.js';
import { Refusal, type Fields, type Node } from './model.js';
import { holds, numberAt, type Facts } from './tree.js';

/** What the cross-region rule does to ratios. */
export interface Cut {
  factor: Yuan;
  minusPoints: Yuan;
}
export const noCut: Cut = { factor: one, minusPoints: zero };

const points = (node: Node | undefined, facts: Facts, clause: string): Yuan =>
  (numberAt(node, facts, clause) ?? zero).dividedBy(100);

/** Adjustments in their order, then the cut, then between 0 and 1. */
function finalRatio(ratio: Yuan, adjust: Node | undefined, facts: Facts, cut: Cut, clause: string): Yuan {
  for (const step of listOf(adjust).map(fieldsOf)) {
    if (holds(step['when'], facts)) ratio = adjusted(ratio, step, facts, clause);
  }
  return within(zero, ratio.times(cut.factor).minus(cut.minusPoints), one);
}

function adjusted(ratio: Yuan, step: Fields, facts: Facts, clause: string): Yuan {
  if (isGiven(step['coPayFactor'])) {
    return one.minus(one.minus(ratio).times(numberAt(step['coPayFactor'], facts, clause) ?? one));
  }
  if (!isGiven(step['fromAge'])) return ratio.plus(points(step['points'], facts, clause));
  const from = Number(textOf(step['fromAge']));
  if (facts.age === undefined) throw new Refusal('POLICY_MISSING', clause);
  if (facts.age < from) return ratio;
  if (isGiven(step['fullFromAge']) && facts.age >= Number(textOf(step['fullFromAge']))) return one;
  const again = isGiven(step['everyYears']) ? Math.floor((facts.age - from) / Number(textOf(step['everyYears']))) : 0;
  return ratio.plus(points(step['points'], facts, clause).times(again + 1));
}

interface Step {
  to: Yuan | undefined;
  ratio: Node | undefined;
}

function stepsOf(holder: Fields, facts: Facts, clause: string): Step[] {
  const bands = holder['bands'];
  if (!isGiven(bands)) return [{ to: undefined, ratio: holder['value'] ?? holder['ratio'] }];
  const steps = isFields(bands) ? bands['steps'] : bands;
  return listOf(steps)
    .map(fieldsOf)
    .map((step) => ({ to: numberAt(step['to'], facts, clause), ratio: step['ratio'] }));
}

export interface Stretch {
  /** the clause with `value`, `ratio` or `bands`, and `adjust` */
  holder: Fields;
  clause: string;
  from: Yuan;
  to: Yuan;
  /** how far the bands are moved up */
  moved: Yuan;
}

/** Σ part × ratio over the bands, added up exactly and rounded once; and the ratio of the first band with money in it. */
export function paidAlong(stretch: Stretch, facts: Facts, cut: Cut): { pays: Yuan; ratio: Yuan | undefined } {
  const { holder, clause, from, to, moved } = stretch;
  let pays = zero;
  let low = zero;
  let first: Yuan | undefined;
  for (const step of stepsOf(holder, facts, clause)) {
    const high = step.to?.plus(moved) ?? to;
    const part = most(zero, least(to, high).minus(most(from, low)));
    if (part.greaterThan(zero)) {
      const ratio = ratioAt(step, holder, facts, cut, clause);
      first ??= ratio;
      pays = pays.plus(part.times(ratio));
    }
    low = high;
  }
  return { pays: toFen(pays), ratio: first };
}

function ratioAt(step: Step, holder: Fields, facts: Facts, cut: Cut, clause: string): Yuan {
  const given = numberAt(step.ratio, facts, clause) ?? zero;
  return finalRatio(given, holder['adjust'], facts, cut, clause);
}
