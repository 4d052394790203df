import { formatYuan, ratio, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { addBooks } from '../../apps/settlement/src/benefit/accumulators.js';
import type { BenefitFacts, YearBook } from '../../apps/settlement/src/benefit/benefit.js';
import { computeBenefit } from '../../apps/settlement/src/benefit/compute-benefit.js';
import { explainLines } from '../../apps/settlement/src/benefit/explain-text.js';
import type { Figure } from '../../apps/settlement/src/benefit/figure.js';
import { policyOn } from '../../apps/settlement/src/policy/policy-packs.js';
import type { Policy } from '../../apps/settlement/src/policy/policy-pack.js';
import { factsOf } from './case-bill.js';
import type { BenefitCase, CasePerson, Expectation } from './case-file.js';
import { CaseRefunds } from './case-refund.js';
import type { Done, Refused } from './case-refund.js';
import { checkPublished } from './published.js';
import { restingOn } from './resting-on.js';

/** One figure of a case: what was expected, what came out. */
export interface Comparison {
  readonly bill: string;
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  readonly holds: boolean;
  /** Clauses and articles that the figure rests on; empty where it is given and not computed. */
  readonly restsOn?: string;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly packs: readonly string[];
  readonly comparisons: readonly Comparison[];
  readonly holds: boolean;
  /** Bill by bill: every figure with rule and clause, and the text for people. */
  readonly bills: readonly {
    readonly bill: string;
    readonly figures: readonly Figure[];
    readonly text: readonly string[];
  }[];
}

/** Runs a case through the real engine; bills move accumulators and account for those after them. */
export function runCase(one: BenefitCase, policy: Policy | undefined): CaseResult {
  const packs = policy === undefined ? [] : [policy.basic, ...policy.supplements].map(({ id }) => id);
  const frame = { id: one.id, title: one.title, packs };
  if (one.published !== undefined) {
    const comparisons = comparePublished(one.published);
    return { ...frame, comparisons, holds: comparisons.every(({ holds }) => holds), bills: [] };
  }
  if (policy === undefined) throw new Error(`${one.id} names no pack`);
  const comparisons: Comparison[] = [];
  const bills: CaseResult['bills'][number][] = [];
  const done = new Map<string, Done>();
  const refunds = new CaseRefunds(done);
  let years: YearBook = one.before ?? {};
  let balanceFen = one.person?.account ?? 0n;
  let person: CasePerson = one.person ?? {};
  (one.bills ?? []).forEach((bill, index) => {
    const name = bill.id ?? String(index + 1);
    person = { ...person, ...bill.person };
    const facts = factsOf(person, bill, policy.basic.area, balanceFen);
    const result = bill.refundOf === undefined ? settle(policy, facts, years) : refunds.takeBack(name, bill.refundOf);
    if (!isRefused(result)) {
      done.set(name, result);
      years = addBooks(years, result.split.changes);
      balanceFen -= result.split.personalAccountFen;
    }
    const text = isRefused(result) ? [`${result.refused} ${result.clause}`] : explainLines(result.split);
    const figures = isRefused(result) ? [] : result.split.figures;
    bills.push({ bill: name, figures, text });
    const compared = compare(name, bill.expect ?? {}, result, { years, balanceFen, text });
    comparisons.push(...compared.map((one) => ({ ...one, restsOn: restingOn(one.what, figures) })));
  });
  return { ...frame, comparisons, holds: comparisons.every(({ holds }) => holds), bills };
}

const isRefused = (result: Done | Refused): result is Refused => 'refused' in result;

function settle(policy: Policy, facts: BenefitFacts, years: YearBook): Done | Refused {
  const split = computeBenefit(policyOn(policy, facts), facts, years);
  return 'refused' in split ? split : { scope: facts.scope, split };
}

function comparePublished(published: NonNullable<BenefitCase['published']>): Comparison[] {
  const checks = checkPublished(published);
  const broken = checks.filter(({ holds }) => !holds);
  const closes = broken.length === 0;
  const shown = broken.map(
    ({ identity, leftFen, rightFen }) => `${identity}: ${formatYuan(leftFen)} / ${formatYuan(rightFen)}`,
  );
  const line = (what: string, expected: string, actual: string, holds: boolean): Comparison => ({
    bill: 'published',
    what,
    expected,
    actual,
    holds,
  });
  const { expect } = published;
  return [
    line(
      'closes',
      String(expect.closes),
      closes ? `true (${checks.map(({ identity }) => identity).join(', ')})` : `false (${shown.join('; ')})`,
      closes === expect.closes,
    ),
    ...(expect.breaks ?? []).map((identity) =>
      line(
        'breaks',
        identity,
        shown.join('; '),
        broken.some((one) => one.identity === identity),
      ),
    ),
  ];
}

const book = (names: Readonly<Record<string, bigint>>, name: string): bigint => names[name] ?? 0n;
const total = (amounts: readonly { amountFen: Fen }[]): Fen => sum(amounts.map(({ amountFen }) => amountFen));

function compare(
  bill: string,
  expect: Expectation,
  result: Done | Refused,
  after: { years: YearBook; balanceFen: Fen; text: readonly string[] },
): Comparison[] {
  const line = (what: string, expected: string, actual: string, holds = expected === actual): Comparison => ({
    bill,
    what,
    expected,
    actual,
    holds,
  });
  if (isRefused(result)) {
    const clause = expect.clause ?? '';
    return [
      line('refused', expect.refused ?? 'not refused', result.refused),
      ...(clause === '' ? [] : [line('clause', clause, result.clause, result.clause.includes(clause))]),
    ];
  }
  if (expect.refused !== undefined || expect.clause !== undefined)
    return [line('refused', expect.refused ?? expect.clause ?? '', 'not refused')];
  const { scope, split } = result;
  const amount = (what: string, expected: Fen | undefined, actual: Fen): Comparison[] =>
    expected === undefined ? [] : [line(what, formatYuan(expected), formatYuan(actual))];
  const each = (
    what: string,
    expected: Readonly<Record<string, Fen>> | undefined,
    actual: (name: string) => Fen,
  ): Comparison[] =>
    Object.entries(expected ?? {}).flatMap(([name, value]) => amount(`${what}.${name}`, value, actual(name)));
  const text = after.text.join('\n');
  return [
    ...amount('total', expect.total, scope.totalFen),
    ...amount('ownExpense', expect.ownExpense, scope.ownExpenseFen),
    ...amount('overLimit', expect.overLimit, scope.overLimitFen),
    ...amount('firstPay', expect.firstPay, scope.firstPayFen),
    ...amount('inScope', expect.inScope, scope.inScopeFen),
    ...amount('deductible', expect.deductible, split.deductibleFen),
    ...(expect.ratio === undefined
      ? []
      : [line('ratio', expect.ratio.toFixed(), (split.ratio ?? ratio('0')).toFixed())]),
    ...amount('fund', expect.fund, total(split.funds)),
    ...each('funds', expect.funds, (code) => total(split.funds.filter(({ fundType }) => fundType === code))),
    ...each('layers', expect.layers, (layer) => total(split.funds.filter((fund) => fund.layer === layer))),
    ...each('personal', expect.personal, (part) => book(split.personal, part)),
    ...amount('account', expect.account, split.personalAccountFen),
    ...amount('cash', expect.cash, split.cashFen),
    ...amount('hospital', expect.hospital, split.hospitalFen),
    ...amount('accountAfter', expect.accountAfter, after.balanceFen),
    ...(expect.benefitYear === undefined
      ? []
      : [line('benefitYear', String(expect.benefitYear), String(split.benefitYear))]),
    ...(expect.yearParts === undefined ? [] : [line('yearParts', String(expect.yearParts), String(split.yearParts))]),
    ...(expect.unconfirmed === undefined
      ? []
      : [line('unconfirmed', [...expect.unconfirmed].sort().join(', '), [...split.unconfirmed].sort().join(', '))]),
    ...each('used', expect.used, (name) => book(after.years[split.benefitYear] ?? {}, name)),
    ...(expect.because ?? []).map((part) =>
      line('because', part, text.includes(part) ? part : 'not in the explanation'),
    ),
  ];
}
