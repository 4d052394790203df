import { capsOf, growCaps, roomUnder } from './caps.js';
import { admissionsOf, counterOf, deductibleDue } from './deductible.js';
import { fieldsOf, isFields, isGiven, listOf, textOf } from './fields.js';
import type { Ledger } from './ledger.js';
import { least, most, number, sum, toFen, zero, type Yuan } from './money.js';
import type { Bill, Fields, Personal } from './model.js';
import type { Setting } from './pack.js';
import { noCut, paidAlong, type Cut } from './ratio.js';
import { numberAt, use, valueAt, type Facts } from './tree.js';
import type { YearPart } from './year-parts.js';

export interface BasicInput {
  pack: Fields;
  setting: Setting;
  facts: Facts;
  bill: Bill;
  part: YearPart;
  month: string;
  ledger: Ledger;
}

export interface BasicAnswer {
  paid: Yuan;
  deductible: Yuan;
  ratio: Yuan | undefined;
  personal: Personal;
  cut: Cut;
  /** facts with the level that counts from here on */
  facts: Facts;
  /** the rule says that nothing is paid */
  nothing: boolean;
}

const inScopeOf = (part: YearPart): Yuan => sum(part.parts.map((each) => each.inScope));

function billPartsOf(part: YearPart): Pick<Personal, 'first-pay' | 'over-limit' | 'own-expense'> {
  return {
    'first-pay': sum(part.parts.map((each) => each.firstPay)),
    'over-limit': sum(part.parts.map((each) => each.overLimit)),
    'own-expense': sum(part.parts.map((each) => each.ownExpense)),
  };
}

/** Everything in scope is co-pay: not designated, or the rule says `nothing`. */
export function allPersonal(part: YearPart): Personal {
  const none = { 'over-cap': zero, deductible: zero, 'route-first-pay': zero };
  return { ...none, 'co-pay': inScopeOf(part), ...billPartsOf(part) };
}

/** Section 8.3. */
export function basicFund(input: BasicInput): BasicAnswer {
  const { pack, part } = input;
  const crossRegion = fieldsOf(pack['crossRegion']);
  const rule = valueAt(crossRegion['rule'], input.facts, textOf(crossRegion['clause']));
  if (rule === 'nothing') {
    use(crossRegion, input.facts);
    const personal = allPersonal(part);
    return { paid: zero, deductible: zero, ratio: undefined, personal, cut: noCut, facts: input.facts, nothing: true };
  }
  const fields = isFields(rule) ? rule : {};
  if (Object.keys(fields).length > 0) use(crossRegion, input.facts);
  const facts = isGiven(fields['asLevel']) ? { ...input.facts, level: textOf(fields['asLevel']) } : input.facts;
  const cut = {
    factor: numberAt(fields['factor'], facts, 'crossRegion') ?? noCut.factor,
    minusPoints: (numberAt(fields['minusPoints'], facts, 'crossRegion') ?? zero).dividedBy(100),
  };
  const firstPay = numberAt(fields['firstPay'], facts, 'crossRegion') ?? zero;
  return fundSteps({ ...input, facts }, cut, firstPay);
}

function fundSteps(input: BasicInput, cut: Cut, firstPayShare: Yuan): BasicAnswer {
  const { setting, facts, bill, part, month, ledger } = input;
  const { version, name } = setting;
  const inScope = inScopeOf(part);
  const { ordinary, itemFund } = takeItems(input);
  const routeFirstPay = toFen(ordinary.times(firstPayShare));
  const counted = ordinary.minus(routeFirstPay);
  const caps = capsOf(version['caps'], facts, ledger, month);
  const allowed = roomUnder(caps, 'cost', counted);

  const clause = fieldsOf(version['deductible']);
  const about = { clause, setting: name, facts, bill, total: part.total, month, ledger };
  const deductible = part.admission ? least(deductibleDue(about), allowed) : zero;
  const base = allowed.minus(deductible);

  const holder = fieldsOf(version['ratio']);
  use(holder, facts);
  const bands = fieldsOf(holder['bands']);
  const begin = bands['over'] === 'year' ? ledger.at(`axis.${name}`) : zero;
  const byBase = bands['axis'] === 'base';
  const stretch = {
    from: begin.plus(byBase ? zero : deductible),
    to: begin.plus(byBase ? base : allowed),
    moved: zero,
  };
  const along = paidAlong({ holder, clause: textOf(holder['clause']), ...stretch }, facts, cut);
  const fund = withFloor(along.pays.plus(itemFund), inScope, input);
  const paid = roomUnder(caps, 'fund', fund);
  const cutOff = paid.lessThan(fund) ? toFen(base.times(fund.minus(paid)).dividedBy(fund)) : zero;
  const overCap = counted.minus(allowed).plus(cutOff);

  if (part.admission) countAdmission(clause, counterOf(about), facts.level, bill, ledger);
  growDeductible(clause, counterOf(about), facts.level, deductible, month, ledger);
  if (bands['over'] === 'year') ledger.grow(`axis.${name}`, byBase ? base : allowed);
  growCaps(caps, 'cost', allowed, ledger);
  growCaps(caps, 'fund', paid, ledger);
  const personal = personalParts(part, inScope.minus(paid), overCap, routeFirstPay, deductible);
  return { paid, deductible, ratio: along.ratio, personal, cut, facts, nothing: false };
}

/** Step 1: in-scope money of marked parts is taken out; the person pays a share of it, the fund the rest. */
function takeItems({ setting, facts, part }: BasicInput): { ordinary: Yuan; itemFund: Yuan } {
  let ordinary = inScopeOf(part);
  let itemFund = zero;
  for (const item of listOf(setting.version['items']).map(fieldsOf)) {
    const parts = part.parts.filter((each) => each.item === item['item']);
    if (parts.length === 0) continue;
    use(item, facts);
    const marked = sum(parts.map((each) => each.inScope));
    const share = numberAt(item['selfPay'], facts, textOf(item['clause'])) ?? zero;
    ordinary = ordinary.minus(marked);
    itemFund = itemFund.plus(marked.minus(toFen(marked.times(share))));
  }
  return { ordinary, itemFund };
}

/** Step 7. */
function withFloor(fund: Yuan, inScope: Yuan, { setting, facts, part }: BasicInput): Yuan {
  const floor = setting.version['floor'];
  if (!isFields(floor)) return fund;
  const share = numberAt(floor['ratio'], facts, textOf(floor['clause']));
  if (share === undefined) return fund;
  use(floor, facts);
  const guaranteed = toFen((floor['of'] === 'total' ? part.total : inScope).times(share));
  return least(most(fund, guaranteed), inScope);
}

function countAdmission(clause: Fields, counter: string, level: string, bill: Bill, ledger: Ledger): void {
  if (clause['per'] !== 'admission') return;
  const times = number(admissionsOf(clause, bill));
  ledger.grow(`count.${counter}`, times);
  ledger.grow(`count.${counter}.${level}`, times);
}

function growDeductible(
  clause: Fields,
  counter: string,
  level: string,
  deductible: Yuan,
  month: string,
  ledger: Ledger,
): void {
  ledger.grow(`deductible.${counter}`, deductible);
  ledger.grow(`deductible.${counter}.${level}`, deductible);
  if (clause['per'] === 'month') ledger.grow(`deductible.${counter}@${month}`, deductible);
}

/** Step 9: what the fund leaves of the in-scope money, by part. */
function personalParts(part: YearPart, left: Yuan, overCap: Yuan, routeFirstPay: Yuan, deductible: Yuan): Personal {
  const taken = { 'over-cap': least(overCap, left), 'route-first-pay': zero, deductible: zero, 'co-pay': zero };
  let r = left.minus(taken['over-cap']);
  taken['route-first-pay'] = least(routeFirstPay, r);
  r = r.minus(taken['route-first-pay']);
  taken.deductible = least(deductible, r);
  taken['co-pay'] = r.minus(taken.deductible);
  return { ...taken, ...billPartsOf(part) };
}
