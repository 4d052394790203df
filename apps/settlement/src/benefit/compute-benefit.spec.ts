import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatYuan, parseYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { CasePolicies } from './testing/case-policies.js';
import { addBooks, negateBook } from './accumulators.js';
import { isRefused } from './benefit.js';
import type { BenefitFacts, BenefitSplit, YearBook } from './benefit.js';
import { computeBenefit } from './compute-benefit.js';
import { explainLines } from './explain-text.js';
import type { Policy } from '../policy/policy-pack.js';
import { lineHolds } from './testing/pocket-calculator.js';
import { anyBill } from './testing/random-bill.js';

const policies = CasePolicies.all();
const runs = Math.ceil(10_000 / policies.length);
const fundsOf = ({ funds }: BenefitSplit): Fen => sum(funds.map(({ amountFen }) => amountFen));

interface Drawn {
  readonly policy: Policy;
  readonly bills: readonly BenefitFacts[];
}

/** Runs a property over every pack of the tree, ten thousand cases in all. */
function forEveryPack(bills: number, holds: (drawn: Drawn) => void): void {
  for (const policy of policies)
    fc.assert(
      fc.property(fc.array(anyBill(policy), { minLength: bills, maxLength: bills }), (drawn) => {
        holds({ policy, bills: drawn });
      }),
      { numRuns: runs },
    );
}

/** The bills of a year one after the other; what a pack refuses is left out. */
function play(policy: Policy, bills: readonly BenefitFacts[], explain = false) {
  let years: YearBook = {};
  const splits: { facts: BenefitFacts; split: BenefitSplit }[] = [];
  for (const facts of bills) {
    const split = computeBenefit(policy, facts, years, explain);
    if (isRefused(split)) continue;
    years = addBooks(years, split.changes);
    splits.push({ facts, split });
  }
  return { years, splits };
}

/** What the explanation says that layers pay and that is left as cash; in a stay of one year also what the basic fund pays. */
function toldAmounts({ figures, yearParts, funds }: BenefitSplit): string[] {
  const of = (...rules: string[]): Fen[] =>
    figures.filter(({ rule }) => rules.includes(rule)).map(({ value }) => parseYuan(value));
  const basic = yearParts > 1 || funds.length === 0 ? [] : of('basic-fund', 'floor-guarantee', 'fund-cap').slice(-1);
  return [sum(of('layer-pay')), ...of('cash'), ...basic].map(formatYuan);
}

function paidAmounts({ funds, cashFen, yearParts }: BenefitSplit): string[] {
  const paid = (basic: boolean): Fen =>
    sum(funds.filter(({ layer }) => (layer === 'basic') === basic).map(({ amountFen }) => amountFen));
  const basic = yearParts > 1 || funds.length === 0 ? [] : [paid(true)];
  return [paid(false), cashFen, ...basic].map(formatYuan);
}

const bindingRules = new Set(['fund-cap', 'cost-cap', 'floor-guarantee']);

describe('computeBenefit', () => {
  it('[N37 A13] both identities hold and nothing of a charge is negative', () => {
    forEveryPack(3, ({ policy, bills }) => {
      for (const { facts, split } of play(policy, bills).splits) {
        const personal = sum(Object.values(split.personal));
        expect(fundsOf(split) + personal + split.hospitalFen).toBe(facts.scope.totalFen);
        expect(split.personalAccountFen + split.cashFen).toBe(personal);
        const amounts = [...split.funds.map(({ amountFen }) => amountFen), ...Object.values(split.personal)];
        const others = [split.deductibleFen, split.personalAccountFen, split.cashFen, split.hospitalFen];
        expect([...amounts, ...others].every((amount) => amount >= 0n)).toBe(true);
      }
    });
  });

  it('[N31 H18] the basic fund never pays more than is in scope; all funds neither, unless a layer looks beyond it', () => {
    forEveryPack(3, ({ policy, bills }) => {
      const layers = [policy.basic, ...policy.supplements].flatMap((pack) => pack.layers);
      const beyond = layers.some(({ base }) =>
        base.some((part) => part.endsWith('-pay') || part === 'over-limit' || part === 'own-expense'),
      );
      for (const { facts, split } of play(policy, bills).splits) {
        const basic = sum(split.funds.filter(({ layer }) => layer === 'basic').map(({ amountFen }) => amountFen));
        expect(basic <= facts.scope.inScopeFen).toBe(true);
        if (!beyond) expect(fundsOf(split) <= facts.scope.inScopeFen).toBe(true);
      }
    });
  });

  it('[H20] more in-scope money never means less from the funds within a year, unless a named clause binds', () => {
    forEveryPack(3, ({ policy, bills: [first, ...others] }) => {
      if (first === undefined) return;
      const scope = {
        ...first.scope,
        inScopeFen: first.scope.inScopeFen + 12_345n,
        totalFen: first.scope.totalFen + 12_345n,
      };
      const before = play(policy, [first, ...others], true);
      const after = play(policy, [{ ...first, scope, parts: [scope] }, ...others], true);
      // More money can reach a value that the policy leaves open; such a bill is refused and pays nothing.
      if (after.splits.length < before.splits.length) return;
      const paid = ({ splits }: typeof before): Fen => sum(splits.map(({ split }) => fundsOf(split)));
      if (paid(after) >= paid(before)) return;
      const clauses = after.splits.flatMap(({ split }) => split.figures).filter(({ rule }) => bindingRules.has(rule));
      expect(clauses.every(({ clause }) => clause !== null)).toBe(true);
      // Rounding once per layer may move one fen per bill and payer; anything more needs a clause.
      const most = BigInt(after.splits.length * 3);
      if (paid(before) - paid(after) > most) expect(clauses.length).toBeGreaterThan(0);
    });
  });

  it('[N42 H52] settle and refund, in any order, leave every accumulator as it was', () => {
    forEveryPack(4, ({ policy, bills }) => {
      const { years, splits } = play(policy, bills);
      const backwards = [...splits].sort((a, b) => Number(a.split.deductibleFen - b.split.deductibleFen));
      const emptied = backwards.reduce((book, { split }) => addBooks(book, negateBook(split.changes)), years);
      expect(
        Object.values(emptied)
          .flatMap((names) => Object.values(names))
          .every((amount) => amount === 0n),
      ).toBe(true);
    });
  });

  it('[N31] a trial is the settlement: the same bill gives the same answer, explained or not', () => {
    forEveryPack(2, ({ policy, bills }) => {
      const numbers = ({ splits }: ReturnType<typeof play>) =>
        splits.map(({ split: { figures: _, ...split } }) => split);
      expect(numbers(play(policy, bills, true))).toEqual(numbers(play(policy, bills, false)));
    });
  });

  it('[P5.2] the arithmetic of every explanation closes for somebody with a pocket calculator, and comes to what is paid', () => {
    forEveryPack(2, ({ policy, bills }) => {
      for (const { split } of play(policy, bills, true).splits) {
        const lines = explainLines(split);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.filter((line) => !lineHolds(line))).toEqual([]);
        expect(toldAmounts(split)).toEqual(paidAmounts(split));
      }
    });
  });

  it('[N31] the order of two bills of a year changes nothing where no clause looks back at earlier bills', () => {
    const indifferent = [...policies, CasePolicies.forgetful()].filter(({ basic }) => isForgetful(basic));
    expect(indifferent.length).toBeGreaterThan(0);
    for (const policy of indifferent)
      fc.assert(
        fc.property(anyBill(policy), anyBill(policy), (a, b) => {
          const total = (bills: readonly BenefitFacts[]): Fen =>
            sum(play(policy, bills).splits.map(({ split }) => fundsOf(split)));
          expect(total([a, b])).toBe(total([b, a]));
        }),
        { numRuns: 10_000 },
      );
  });

  it('[N31] where an admission costs half the second time, the order does matter', () => {
    const policy = policies.find(({ basic }) => basic.id === 'HN-EMP-2023');
    if (policy === undefined) throw new Error('the Hunan pack is missing');
    expect(isForgetful(policy.basic)).toBe(false);
  });
});

/** No clause of the pack remembers an earlier bill. */
const isForgetful = (pack: Policy['basic']): boolean =>
  Object.values(pack.terms)
    .flat()
    .every(
      ({ deductible, ratio, caps }) =>
        (deductible.per === 'none' ||
          deductible.per === 'visit' ||
          (deductible.per === 'admission' && deductible.repeat === undefined)) &&
        deductible.yearlyMax === undefined &&
        deductible.yearlyMaxByLevel === undefined &&
        (!ratio.banded || ratio.over === 'bill') &&
        caps.every(({ per }) => per === 'bill'),
    ) && pack.layers.every(({ over, caps }) => over === 'bill' && caps.every(({ per }) => per === 'bill'));
