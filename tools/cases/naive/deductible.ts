import { dayNumber } from './days.js';
import { fieldsOf, isFields, isGiven, textOf } from './fields.js';
import type { Ledger } from './ledger.js';
import { least, most, number, one, toFen, within, zero, type Yuan } from './money.js';
import type { Bill, Fields, Node } from './model.js';
import { numberAt, use, valueAt, type Facts } from './tree.js';

export interface DeductibleInput {
  clause: Fields;
  /** name of the setting, the counter unless the clause names another */
  setting: string;
  facts: Facts;
  bill: Bill;
  total: Yuan;
  month: string;
  ledger: Ledger;
}

export const counterOf = (input: DeductibleInput): string =>
  isGiven(input.clause['counter']) ? textOf(input.clause['counter']) : input.setting;

/** Step 5 of 8.3: what is due before it is compared with what is allowed. */
export function deductibleDue(input: DeductibleInput): Yuan {
  const { clause, facts, ledger, month } = input;
  const counter = `deductible.${counterOf(input)}`;
  const name = textOf(clause['clause']);
  if (clause['per'] !== 'none') use(clause, facts);
  const left = (node: Node | undefined, accumulator: string, due: Yuan): Yuan => {
    const ceiling = numberAt(node, facts, name);
    return ceiling === undefined ? due : least(due, most(ceiling.minus(ledger.at(accumulator)), zero));
  };
  let due = beforeCeilings(input, counter, month);
  due = left(clause['yearlyMax'], counter, most(due, zero));
  return left(clause['yearlyMaxByLevel'], `${counter}.${facts.level}`, due);
}

function beforeCeilings(input: DeductibleInput, counter: string, month: string): Yuan {
  switch (input.clause['per']) {
    case 'none':
      return zero;
    case 'visit':
      return amountOf(input.clause['amount'], input);
    case 'year':
      return amountOf(input.clause['amount'], input).minus(input.ledger.at(counter));
    case 'month':
      return amountOf(input.clause['amount'], input).minus(input.ledger.at(`${counter}@${month}`));
    default:
      return ofAdmissions(input);
  }
}

/** An amount or a share of the total of the bill between its ends, times its factor. */
function amountOf(node: Node | undefined, input: DeductibleInput): Yuan {
  const { facts, clause } = input;
  const name = textOf(clause['clause']);
  const value = valueAt(node, facts, name);
  const times = numberAt(clause['times'], facts, name) ?? one;
  return toFen((isFields(value) ? shareOf(value, input.total) : number(textOf(value))).times(times));
}

function shareOf(value: Fields, total: Yuan): Yuan {
  const end = (key: string, otherwise: Yuan): Yuan => (isGiven(value[key]) ? number(textOf(value[key])) : otherwise);
  const share = toFen(total.times(number(textOf(value['share']))));
  return within(end('min', zero), share, end('max', share));
}

/** How many admissions this stay is. */
export function admissionsOf(clause: Fields, bill: Bill): number {
  if (!isGiven(clause['everyDays'])) return 1;
  const days = dayNumber(bill.discharged) - dayNumber(bill.admitted);
  return Math.max(1, Math.ceil(days / Number(textOf(clause['everyDays']))));
}

function ofAdmissions(input: DeductibleInput): Yuan {
  const { clause, facts, ledger } = input;
  const counter = `count.${counterOf(input)}`;
  const sameLevel = fieldsOf(clause['repeat'])['counts'] === 'same-level';
  const earlier = ledger.at(sameLevel ? `${counter}.${facts.level}` : counter).toNumber();
  let due = zero;
  for (let k = 0; k < admissionsOf(clause, input.bill); k++) due = due.plus(ofAdmission(earlier + k, input));
  return due;
}

function ofAdmission(n: number, input: DeductibleInput): Yuan {
  const { clause, facts } = input;
  const repeat = clause['repeat'];
  if (n === 0 || !isFields(repeat)) return amountOf(clause['amount'], input);
  if (isGiven(repeat['amount'])) return amountOf(repeat['amount'], input);
  const first = amountOf(clause['amount'], input);
  if (isGiven(repeat['factor'])) {
    return toFen(first.times(numberAt(repeat['factor'], facts, textOf(clause['clause'])) ?? zero));
  }
  const less = number(textOf(repeat['less']));
  let amount = first.minus(toFen(first.times(less)).times(n));
  if (repeat['of'] === 'previous') {
    amount = first;
    for (let time = 0; time < n; time++) amount = amount.minus(toFen(amount.times(less)));
  }
  return most(amount, isGiven(repeat['floor']) ? amountOf(repeat['floor'], input) : zero);
}
