import { daysBetween } from '#shared/clock';
import { least, most, multiply, ratio } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { DeductibleClause, Repeat, ShareOfTotal } from '../../policy/policy-pack.js';
import type { Tree } from '../../policy/tree.js';
import { larger, minus, plain, plus, rate, smaller, times, yuan } from '../expression.js';
import type { Expression } from '../expression.js';
import type { Reckoning } from '../reckoning.js';

interface Due {
  readonly amountFen: Fen;
  readonly formula: Expression;
}

/** 起付标准 (H20): what is due before the fund pays, and what of it this bill's in-scope money consumes. */
export function deductible(clause: DeductibleClause, allowedFen: Fen, counted: boolean, bill: Reckoning): Fen {
  if (clause.per === 'none' || !counted) return 0n;
  if (clause.clause.unconfirmed !== undefined) bill.rest(clause.clause);
  const due = capped(clause, beforeCeilings(clause, bill), bill);
  const consumedFen = least(due.amountFen, allowedFen);
  bill.figures.amount({ rule: 'deductible', name: '起付线', clause: clause.clause }, consumedFen, () =>
    smaller(due.formula, yuan(allowedFen)),
  );
  remember(clause, consumedFen, bill);
  return consumedFen;
}

function beforeCeilings(clause: DeductibleClause, bill: Reckoning): Due {
  const { counter } = clause;
  if (clause.per === 'admission') return ofAdmissions(clause, bill);
  const whole = firstAmount(clause, bill);
  if (clause.per === 'visit') return whole;
  const usedFen = bill.used(clause.per === 'year' ? `deductible.${counter}` : `deductible.${counter}@${bill.month}`);
  return {
    amountFen: most(0n, whole.amountFen - usedFen),
    formula: larger(yuan(0n), minus(whole.formula, yuan(usedFen))),
  };
}

/** 多次住院、连续住院: the amounts of this admission and of each further period that counts as one. */
function ofAdmissions(clause: DeductibleClause, bill: Reckoning): Due {
  const earlier = earlierAdmissions(clause, bill);
  let known: Due | undefined;
  const first = (): Due => (known ??= firstAmount(clause, bill));
  const dues = Array.from({ length: periods(clause, bill) }, (_, index) =>
    ofAdmission(clause, earlier + index, first, bill),
  );
  return {
    amountFen: dues.reduce((total, { amountFen }) => total + amountFen, 0n),
    formula:
      dues.length === 1 && dues[0] !== undefined
        ? dues[0].formula
        : plus(...dues.map(({ amountFen }) => yuan(amountFen))),
  };
}

/** `first` is asked for only where it is needed: a table of its own for later admissions does without it. */
function ofAdmission(clause: DeductibleClause, earlier: number, first: () => Due, bill: Reckoning): Due {
  const { repeat } = clause;
  if (earlier === 0 || repeat === undefined) return first();
  if (repeat.kind === 'amount') return timed(clause, bill.value(repeat.amount, clause.clause, '再次住院'), bill);
  const { amountFen, formula } = first();
  if (repeat.kind === 'less') return lessEachTime(clause, repeat, earlier, { amountFen, formula }, bill);
  const factor = bill.value(repeat.factor, clause.clause, '再次住院');
  return { amountFen: multiply(amountFen, factor, 'half-up'), formula: times(formula, rate(factor)) };
}

function lessEachTime(
  clause: DeductibleClause,
  repeat: Extract<Repeat, { kind: 'less' }>,
  earlier: number,
  first: Due,
  bill: Reckoning,
): Due {
  const floor = timed(clause, bill.value(repeat.floor, clause.clause, '起付线下限'), bill);
  let amountFen = first.amountFen;
  let formula = first.formula;
  if (repeat.of === 'first') {
    const lessFen = multiply(first.amountFen, repeat.less, 'half-up');
    amountFen -= BigInt(earlier) * lessFen;
    formula = minus(first.formula, times(plain(String(earlier)), yuan(lessFen)));
  } else {
    for (let time = 0; time < earlier; time += 1) {
      const beforeFen = amountFen;
      amountFen -= multiply(beforeFen, repeat.less, 'half-up');
      formula = minus(yuan(beforeFen), yuan(beforeFen - amountFen));
    }
  }
  return { amountFen: most(amountFen, floor.amountFen), formula: larger(formula, floor.formula) };
}

function firstAmount(clause: DeductibleClause, bill: Reckoning): Due {
  const tree = clause.amount as Tree<Fen | ShareOfTotal>;
  const given = bill.value(tree, clause.clause, bill.at.level);
  if (typeof given === 'bigint') return timed(clause, given, bill);
  const totalFen = bill.facts.scope.totalFen;
  const shareFen = multiply(totalFen, given.share, 'half-up');
  const amountFen = least(most(shareFen, given.minFen), given.maxFen);
  const formula = smaller(larger(times(yuan(totalFen), rate(given.share)), yuan(given.minFen)), yuan(given.maxFen));
  bill.figures.amount(
    { rule: 'deductible-share', name: '按费用比例的起付线', clause: clause.clause },
    amountFen,
    () => formula,
  );
  return timed(clause, amountFen, bill);
}

/** 起付线系数, for example twice as much in another city of the province. */
function timed(clause: DeductibleClause, amountFen: Fen, bill: Reckoning): Due {
  const formula = yuan(amountFen);
  if (clause.times === undefined) return { amountFen, formula };
  const factor: Ratio = bill.value(clause.times, clause.clause, '起付线系数');
  if (factor.equals(ratio('1'))) return { amountFen, formula };
  return { amountFen: multiply(amountFen, factor, 'half-up'), formula: times(formula, rate(factor)) };
}

function capped(clause: DeductibleClause, due: Due, bill: Reckoning): Due {
  const { counter } = clause;
  const { level } = bill.at;
  let result = due;
  const limits = [
    { tree: clause.yearlyMax, name: `deductible.${counter}`, what: '年度累计起付线' },
    { tree: clause.yearlyMaxByLevel, name: `deductible.${counter}.${level}`, what: '同级别年度累计起付线' },
  ];
  for (const { tree, name, what } of limits) {
    const maxFen = tree === undefined ? null : bill.value(tree, clause.clause, what);
    if (maxFen === null) continue;
    const usedFen = bill.used(name);
    const roomFen = most(0n, maxFen - usedFen);
    if (roomFen >= result.amountFen) continue;
    const before = result.formula;
    result = { amountFen: roomFen, formula: smaller(before, larger(yuan(0n), minus(yuan(maxFen), yuan(usedFen)))) };
  }
  return result;
}

const earlierAdmissions = (clause: DeductibleClause, bill: Reckoning): number => {
  const name = `count.${clause.counter}`;
  return Number(bill.used(clause.repeat?.sameLevel === true ? `${name}.${bill.at.level}` : name));
};

function periods({ everyDays }: DeductibleClause, { facts }: Reckoning): number {
  if (everyDays === undefined) return 1;
  return Math.max(1, Math.ceil(daysBetween(facts.admittedOn, facts.dischargedOn) / everyDays));
}

function remember(clause: DeductibleClause, consumedFen: Fen, bill: Reckoning): void {
  const { counter, per } = clause;
  const { level } = bill.at;
  if (per === 'admission') {
    const count = BigInt(periods(clause, bill));
    bill.move(`count.${counter}`, count);
    bill.move(`count.${counter}.${level}`, count);
  }
  bill.move(`deductible.${counter}`, consumedFen);
  bill.move(`deductible.${counter}.${level}`, consumedFen);
  if (per === 'month') bill.move(`deductible.${counter}@${bill.month}`, consumedFen);
}
