import { adjustedRatio, holds } from '../../apps/settlement/src/benefit/rules/adjusted-ratio.js';
import { formatYuan } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import { places, routes, settings } from '../../apps/settlement/src/policy/policy-pack.js';
import type {
  BenefitSetting,
  CapClause,
  CrossRule,
  Layer,
  PolicyPack,
  Terms,
} from '../../apps/settlement/src/policy/policy-pack.js';
import { pick } from '../../apps/settlement/src/policy/tree.js';
import type { Position, Tree } from '../../apps/settlement/src/policy/tree.js';

/** One thing that a pack says for one kind of person and bill, in words. */
interface Statement {
  readonly about: string;
  readonly who: readonly string[];
  readonly says: string;
}

const settingNames: Record<BenefitSetting, string> = {
  inpatient: '住院',
  outpatient: '普通门诊',
  chronic: '门诊慢特病',
  emergency: '门诊急诊',
  pharmacy: '购药',
  maternity: '生育',
  injury: '外伤',
};

/**
 * 政策变化: what two packs say differently, for whom, from what to what. People who fare alike are told together. Both packs
 * are asked on the last version of each setting.
 */
export function describeDifferences(before: PolicyPack, after: PolicyPack): string[] {
  const domains = joint(before, after);
  const old = new Map(statements(before, domains).map((one) => [key(one), one]));
  const now = new Map(statements(after, domains).map((one) => [key(one), one]));
  const changes = new Map<string, { about: string; from: string; to: string; who: string[][] }>();
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const one = old.get(id) ?? now.get(id);
    const from = old.get(id)?.says ?? '未规定';
    const to = now.get(id)?.says ?? '未规定';
    if (one === undefined || from === to) continue;
    const group = `${one.about}|${from}|${to}`;
    const change = changes.get(group) ?? { about: one.about, from, to, who: [] };
    change.who.push([...one.who]);
    changes.set(group, change);
  }
  return [...changes.values()].map(({ about, from, to, who }) => `${about}：${from} → ${to}（${people(who)}）`);
}

const key = ({ about, who }: Statement): string => `${about} ${who.join(' ')}`;

/** 适用人群: rows that differ in one column only are told together, so that nobody is named who is not meant. */
function people(rows: readonly (readonly string[])[]): string {
  let groups: string[][][] = rows.map((row) => row.map((value) => [value]));
  for (let count = 0; count !== groups.length;) {
    count = groups.length;
    const width = groups[0]?.length ?? 0;
    for (let column = 0; column < width; column += 1) groups = mergedOn(column, groups);
  }
  return groups.map(groupText).join('；又 ');
}

function mergedOn(column: number, groups: readonly string[][][]): string[][][] {
  const merged = new Map<string, string[][]>();
  for (const group of groups) {
    const others = JSON.stringify(group.map((values, index) => (index === column ? '' : values)));
    const known = merged.get(others);
    merged.set(
      others,
      known === undefined
        ? group
        : known.map((values, index) =>
            index === column ? [...new Set([...values, ...(group[index] ?? [])])] : values,
          ),
    );
  }
  return [...merged.values()];
}

const groupText = (columns: readonly (readonly string[])[]): string =>
  columns
    .map((values) => values.filter((value) => value !== '').join('、'))
    .filter((text) => text !== '')
    .join('，');

interface Domain {
  readonly levels: readonly string[];
  readonly categories: readonly string[];
  readonly tiers: readonly string[];
  readonly identities: readonly string[];
  readonly diseases: readonly string[];
}

function joint(a: PolicyPack, b: PolicyPack): Domain {
  const both = (pickFrom: (pack: PolicyPack) => readonly string[]): string[] => [
    ...new Set([...pickFrom(a), ...pickFrom(b)]),
  ];
  const tiers = both(({ domains }) => domains.tiers);
  return {
    levels: both(({ domains }) => domains.levels),
    categories: both(({ domains }) => domains.categories),
    tiers: tiers.length === 0 ? [''] : tiers,
    identities: [...both(({ domains }) => domains.identities), 'none'],
    diseases: both(({ domains }) => domains.diseases),
  };
}

const whereNames = { home: '本地', province: '省内异地', outside: '跨省' } as const;
const categoryNames: Readonly<Record<string, string>> = { working: '在职', retired: '退休', resident: '居民' };
const routeNames: Readonly<Record<string, string>> = {
  none: '无需备案',
  'long-term': '长期居住',
  referral: '转诊',
  emergency: '急诊',
  other: '其他临时',
  unfiled: '未备案',
};

/** Ways of being treated that differ in law: at home there is no route. */
const ways = places.flatMap((where) =>
  (where === 'home' ? (['none'] as const) : routes).map((route) => ({ where, route })),
);

function* positions(
  pack: PolicyPack,
  domain: Domain,
  setting: BenefitSetting,
): Generator<{ at: Position; who: string[] }> {
  for (const { where, route } of ways)
    for (const level of domain.levels)
      for (const category of domain.categories)
        for (const tier of domain.tiers)
          for (const identity of domain.identities)
            yield {
              at: { level, category, tier, identity, route, where, area: pack.area, setting, age: 40 },
              who: [
                where === 'home' ? whereNames[where] : `${whereNames[where]}${routeNames[route] ?? route}`,
                level,
                categoryNames[category] ?? category,
                tier,
                identity === 'none' ? '无特殊身份' : identity,
              ],
            };
}

function statements(pack: PolicyPack, domain: Domain): Statement[] {
  return settings.flatMap((setting) => {
    const versions = pack.terms[setting] ?? [];
    const terms = versions[versions.length - 1];
    const layers = pack.layers.filter((layer) => layer.settings.includes(setting));
    if (terms === undefined && layers.length === 0) return [];
    const found: Statement[] = [];
    for (const { at, who } of positions(pack, domain, setting)) {
      const say = (what: string, says: string): number =>
        found.push({ about: `${settingNames[setting]}${what}`, who, says });
      const cross = pack.crossRegion === undefined ? undefined : pick(pack.crossRegion.rule, at)?.value;
      const there = { ...at, level: cross?.asLevel ?? at.level };
      if (terms !== undefined) ofTerms(terms, there, cross, say);
      for (const layer of layers) ofLayer(layer, there, cross, say);
    }
    return found;
  });
}

type Say = (what: string, says: string) => void;

const amountText = (value: Fen | null | undefined): string =>
  value === undefined ? '未规定' : value === null ? '无' : `${formatYuan(value)} 元`;
const ratioText = (value: Ratio): string => `${value.times(100).toFixed()}%`;

function ofTerms(
  { deductible, ratio, caps, floor }: Terms,
  at: Position,
  cross: CrossRule | undefined,
  say: Say,
): void {
  if (deductible.amount === undefined) say('起付线', '无');
  else {
    const amount = pick(deductible.amount, at)?.value;
    const times = deductible.times === undefined ? undefined : pick(deductible.times, at)?.value;
    const shown = typeof amount === 'object' ? `总额的 ${ratioText(amount.share)}` : amountText(amount);
    say('起付线', times === undefined || times.equals(1) ? shown : `${shown} × ${times.toFixed()}`);
  }
  if (deductible.yearlyMax !== undefined) say('年度起付封顶', amountText(pick(deductible.yearlyMax, at)?.value));
  if (cross?.paysNothing === true) say('支付比例', '不予支付');
  else
    for (const [index, step] of ratio.steps.entries())
      say(bandName('支付比例', ratio.banded, index), stepText(step, ratio.adjust, at, cross ?? { paysNothing: false }));
  if (cross?.firstPay !== undefined) say('异地先行自付', ratioText(cross.firstPay));
  ofCaps(caps, at, say);
  const floorRatio = floor === undefined ? undefined : pick(floor.ratio, at)?.value;
  if (floorRatio !== undefined && floorRatio !== null) say('保底比例', ratioText(floorRatio));
}

const bandName = (what: string, banded: boolean, index: number): string =>
  banded ? `第 ${index + 1} 段${what}` : what;

function stepText(
  step: { toFen: Fen | null; ratio: Tree<Ratio> },
  adjust: Parameters<typeof adjustedRatio>[1],
  at: Position,
  cross: CrossRule,
): string {
  const found = pick(step.ratio, at)?.value;
  const value = found === undefined ? '未规定' : ratioText(adjustedRatio(found, adjust, at, cross));
  return step.toFen === null ? value : `${formatYuan(step.toFen)} 元以下 ${value}`;
}

function ofCaps(caps: readonly CapClause[], at: Position, say: Say): void {
  for (const { name, amount } of caps) say(`限额 ${name}`, amountText(pick(amount, at)?.value));
}

function ofLayer(layer: Layer, at: Position, cross: CrossRule | undefined, say: Say): void {
  const applies = holds(layer.when, at);
  if (!applies || cross?.paysNothing === true) return;
  const name = `补充层 ${layer.layer} `;
  if (layer.start !== undefined) say(`${name}起付线`, amountText(pick(layer.start, at)?.value));
  for (const [index, step] of layer.steps.entries())
    say(
      bandName(`${name}比例`, layer.steps.length > 1, index),
      stepText(step, layer.adjust, at, layer.cut ? (cross ?? { paysNothing: false }) : { paysNothing: false }),
    );
  ofCaps(
    layer.caps.map((cap) => ({ ...cap, name: `${layer.layer} ${cap.name}` })),
    at,
    say,
  );
}
