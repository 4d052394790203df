import type { BenefitSetting, PolicyPack } from '../../apps/settlement/src/policy/policy-pack.js';
import { places, routes } from '../../apps/settlement/src/policy/policy-pack.js';
import { dimensions } from '../../apps/settlement/src/policy/tree.js';
import type { AgeRange, Dimension, Position } from '../../apps/settlement/src/policy/tree.js';

/** One kind of person and bill, and how people would call it. */
export interface Kind {
  readonly at: Position;
  readonly who: readonly string[];
}

const whereNames = { home: '本地', province: '省内异地', outside: '跨省' } as const;
const categoryNames: Readonly<Record<string, string>> = { working: '在职', retired: '退休', resident: '居民' };
const routeNames = {
  none: '无需备案',
  'long-term': '长期居住',
  referral: '转诊',
  emergency: '急诊',
  other: '其他临时',
  unfiled: '未备案',
} as const;

/** Ways of being treated that differ in law: at home there is no route. */
const ways = places.flatMap((where) =>
  (where === 'home' ? (['none'] as const) : routes).map((route) => ({ where, route })),
);

/** What the packs tell apart, found by going through everything they say. */
interface Told {
  readonly by: Set<Dimension>;
  readonly areas: Set<string>;
  /** Ages at which something begins or is over. */
  readonly ages: Set<number>;
}

function lookThrough(value: unknown, told: Told): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Map || Array.isArray(value)) {
    for (const one of value.values()) lookThrough(one, told);
    return;
  }
  const { by, dimension, cases, range, ages, fromAge, everyYears, fullFromAge } = value as Record<string, unknown>;
  for (const name of [by, dimension]) {
    const known = dimensions.find((one) => one === name);
    if (known !== undefined) told.by.add(known);
  }
  if (by === 'area' && cases instanceof Map) for (const area of cases.keys()) told.areas.add(String(area));
  if (range !== undefined) addAges(told, range as AgeRange);
  if (dimension === 'age') for (const one of ages as readonly AgeRange[]) addAges(told, one);
  if (typeof fromAge === 'number') {
    told.by.add('age');
    for (let age = fromAge; age < Number(fullFromAge); age += Number(everyYears)) told.ages.add(age);
    told.ages.add(Number(fullFromAge));
  }
  for (const inner of Object.values(value)) lookThrough(inner, told);
}

function addAges({ ages }: Told, { from, to }: AgeRange): void {
  ages.add(from);
  if (Number.isFinite(to)) ages.add(to + 1);
}

/** Every kind of person and bill that one of two packs tells apart in a setting, asked about the first of them. */
export function kindsOf(pack: PolicyPack, packs: readonly PolicyPack[], setting: BenefitSetting): Kind[] {
  const told: Told = { by: new Set(), areas: new Set(), ages: new Set([0]) };
  for (const { terms, crossRegion, layers, hospital } of packs)
    lookThrough([terms[setting], crossRegion, layers, hospital], told);
  const joint = (name: 'levels' | 'categories' | 'tiers' | 'identities'): string[] => [
    ...new Set(packs.flatMap(({ domains }): readonly string[] => domains[name])),
  ];
  /** The values of a dimension that makes a difference; else any one value, which nobody needs to be told. */
  const values = (by: Dimension, all: readonly string[]): { value: string; told: boolean }[] =>
    told.by.has(by) ? all.map((value) => ({ value, told: true })) : [{ value: all[0] ?? '', told: false }];
  const name = ({ value, told: isTold }: { value: string; told: boolean }, text = value): string =>
    isTold ? text : '';
  const kinds: Kind[] = [];
  for (const { where, route } of told.by.has('where') || told.by.has('route') ? ways : ways.slice(0, 1))
    for (const level of values('level', joint('levels')))
      for (const category of values('category', joint('categories')))
        for (const tier of values('tier', joint('tiers')))
          for (const identity of values('identity', [...joint('identities'), 'none']))
            for (const area of values('area', [...told.areas, pack.area]))
              for (const [age, ageText] of agesIn(told))
                kinds.push({
                  at: {
                    ...{ level: level.value, category: category.value, tier: tier.value, identity: identity.value },
                    ...{ route, where, area: area.value, setting, age },
                  },
                  who: [
                    wayName(where, route, told),
                    ...[name(level), name(category, categoryNames[category.value]), name(tier)],
                    name(identity, identity.value === 'none' ? '无特殊身份' : identity.value),
                    name(area, told.areas.has(area.value) ? area.value : '其他统筹区'),
                    ageText,
                  ],
                });
  return kinds;
}

function wayName(where: (typeof places)[number], route: (typeof routes)[number], { by }: Told): string {
  if (!by.has('where') && !by.has('route')) return '';
  return where === 'home' ? whereNames.home : `${whereNames[where]}${routeNames[route]}`;
}

function agesIn({ by, ages }: Told): [number, string][] {
  if (!by.has('age')) return [[40, '']];
  const begin = [...ages].sort((a, b) => a - b);
  return begin.map((from, index) => {
    const next = begin[index + 1];
    return [from, next === undefined ? `${from} 岁以上` : `${from} 至 ${next - 1} 岁`];
  });
}
