import type { Fields, Node } from '../naive/model.js';
import { amount, clause, entries, factor, fen, ITEMS, maybe, points, ratio, type Plan } from './plan.js';
import { tree, when } from './random-tree.js';

/** One version of a setting: deductible, ratio, ceilings, floor and items, each of any kind. */
export function randomVersion(plan: Plan, from: string): Fields {
  const { random } = plan;
  return entries([
    ['from', from],
    ['fundType', maybe(random, 0.1, () => '510100')],
    ['deductible', deductible(plan)],
    ['ratio', randomRatio(plan)],
    ['caps', maybe(random, 0.65, () => caps(plan))],
    ['floor', maybe(random, 0.2, () => floor(plan))],
    ['items', maybe(random, 0.3, () => items(plan))],
  ]);
}

function deductible(plan: Plan): Fields {
  const { random } = plan;
  const per = random.pick(['admission', 'admission', 'admission', 'visit', 'month', 'year', 'none']);
  const words = clause(plan, 'deductible');
  if (per === 'none') return { ...words, per };
  const amounts = (): Node => tree(plan, () => (random.chance(0.12) ? share(plan) : amount(random, 3000)));
  const admission = per === 'admission';
  return entries([
    ...Object.entries(words),
    ['per', per],
    ['amount', amounts()],
    ['times', maybe(random, 0.2, () => tree(plan, () => factor(random)))],
    ['repeat', admission ? maybe(random, 0.75, () => repeat(plan)) : undefined],
    ['everyDays', admission ? maybe(random, 0.25, () => String(random.pick([1, 7, 30, 90]))) : undefined],
    ['yearlyMax', maybe(random, 0.4, () => tree(plan, () => amount(random, 5000), { none: true }))],
    ['yearlyMaxByLevel', maybe(random, 0.25, () => tree(plan, () => amount(random, 5000), { none: true }))],
    ['counter', maybe(random, 0.3, () => random.pick(['inpatient', 'outpatient', 'clinic']))],
  ]);
}

function share({ random }: Plan): Fields {
  const min = random.int(0, 3000);
  return { share: ratio(random), min: String(min), max: String(min + random.int(0, 8000)) };
}

function repeat(plan: Plan): Fields {
  const { random } = plan;
  const counts = random.pick(['same-level', 'any-level']);
  switch (random.pick(['factor', 'amount', 'first', 'previous'])) {
    case 'factor':
      return { counts, factor: tree(plan, () => factor(random)) };
    case 'amount':
      return { counts, amount: tree(plan, () => amount(random, 2000)) };
    case 'first':
      return { counts, less: ratio(random), of: 'first', floor: tree(plan, () => amount(random, 800)) };
    default:
      return { counts, less: ratio(random), of: 'previous', floor: tree(plan, () => amount(random, 800)) };
  }
}

function randomRatio(plan: Plan): Fields {
  const { random } = plan;
  const value = (): Node => tree(plan, () => ratio(random), { samePlace: plan.tame });
  const banded = random.chance(0.5);
  return entries([
    ...Object.entries(clause(plan, 'ratio')),
    ['value', banded ? undefined : value()],
    ['bands', banded ? bands(plan, value) : undefined],
    ['adjust', maybe(random, 0.4, () => adjust(plan))],
  ]);
}

function bands(plan: Plan, value: () => Node): Fields {
  const { random } = plan;
  return {
    axis: random.pick(['in-scope', 'base']),
    over: random.pick(['bill', 'year']),
    steps: steps(plan, value),
  };
}

export function steps({ random }: Plan, value: () => Node): Node[] {
  let to = 0;
  const list: Fields[] = [];
  for (let more = random.int(1, 4); more > 1; more--) {
    to += random.chance(0.7) ? random.int(1, 50) * 100_000 : random.int(1, 5_000_000);
    list.push({ to: fen(to), ratio: value() });
  }
  return [...list, { ratio: value() }];
}

export function adjust(plan: Plan): Fields[] {
  const { random } = plan;
  return Array.from({ length: random.int(1, 3) }, () => {
    const kind = random.next();
    if (kind < 0.45) return { when: when(plan, plan.tame), points: points(random) };
    if (kind < 0.75) return { when: when(plan, plan.tame), coPayFactor: factor(random) };
    const fromAge = random.int(0, 60);
    return {
      ...{ fromAge: String(fromAge), everyYears: String(random.pick([1, 5, 10, 20])), points: points(random, 9) },
      fullFromAge: String(fromAge + random.int(0, 60)),
    };
  });
}

/** Ceilings; a name keeps its kind and its period wherever it is used in the pack. */
export function caps(plan: Plan, prefix = ''): Fields[] {
  const { random } = plan;
  const names = random.shuffled(['pool', 'clinic', 'shared', 'cost', 'third'].map((name) => `${prefix}${name}`));
  return names.slice(0, random.int(1, 3)).map((name) => {
    const known = plan.caps.get(name) ?? {
      kind: random.pick(['fund', 'fund', 'cost']),
      per: random.pick(['bill', 'month', 'year', 'year']),
    };
    plan.caps.set(name, known);
    const disease = plan.domains.diseases.length > 0 && random.chance(0.4);
    const highest = known.per === 'month' ? 8000 : 80_000;
    return entries([
      ['name', name],
      ...Object.entries(clause(plan, 'cap')),
      ...Object.entries(known),
      ['amount', tree(plan, () => amount(random, highest), { none: true, disease })],
      ['several', disease ? several(plan) : undefined],
    ]);
  });
}

const several = ({ random }: Plan): Node => random.pick<Node>(['highest', 'sum', { mainPlus: amount(random, 500) }]);

function floor(plan: Plan): Fields {
  const { random } = plan;
  return {
    ...clause(plan, 'floor'),
    of: random.pick(['in-scope', 'total']),
    ratio: tree(plan, () => ratio(random), { none: true }),
  };
}

function items(plan: Plan): Fields[] {
  const { random } = plan;
  return random
    .some(ITEMS, 1)
    .map((item) => ({ item, ...clause(plan, 'item'), selfPay: tree(plan, () => ratio(random)) }));
}
