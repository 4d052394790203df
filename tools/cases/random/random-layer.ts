import type { Fields } from '../naive/model.js';
import { amount, clause, entries, maybe, PARTS, ratio, SETTINGS, type Plan } from './plan.js';
import { adjust, caps, steps } from './random-setting.js';
import { tree, when } from './random-tree.js';

const KINDS: readonly (readonly [string, string])[] = [
  ['large-amount', '330100'],
  ['serious-illness', '390200'],
  ['civil-servant', '320100'],
  ['employer', '370100'],
  ['aid', '610100'],
];

/** One to four layers of any kinds, written in any order. Some ceilings are shared among them. */
export const randomLayers = (plan: Plan, name: string): Fields[] =>
  Array.from({ length: plan.random.int(1, 4) }, (_, index) => {
    // Layers of one name share the year's base.
    const number = plan.random.chance(0.1) ? 1 : index + 1;
    return randomLayer(plan, `${name}-${number}`);
  });

function randomLayer(plan: Plan, layer: string): Fields {
  const { random } = plan;
  const [kind, fundType] = random.pick(KINDS);
  const value = () => tree(plan, () => ratio(random));
  const banded = random.chance(0.5);
  return entries([
    ...Object.entries({ layer, kind, fundType, ...clause(plan, 'layer') }),
    ['settings', random.chance(0.6) ? SETTINGS : ['inpatient', ...random.some(SETTINGS.slice(1))]],
    ['when', maybe(random, 0.25, () => when(plan, false))],
    ['base', random.shuffled(random.some(PARTS, 1))],
    ['over', random.pick(['year', 'bill'])],
    ['start', maybe(random, 0.75, () => tree(plan, () => amount(random, 30_000), { none: true }))],
    ['measuredFrom', maybe(random, 0.7, () => random.pick(['zero', 'start']))],
    ['ratio', banded ? undefined : value()],
    ['bands', banded ? steps(plan, value) : undefined],
    ['adjust', maybe(random, 0.25, () => adjust(plan))],
    ['cut', maybe(random, 0.4, () => random.pick(['true', 'false']))],
    ['caps', maybe(random, 0.5, () => caps(plan, random.chance(0.8) ? 'layer-' : ''))],
  ]);
}
