import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import { DatedValues } from '#shared/rules';
import { adjustedRatio, noCut } from '../benefit/rules/adjusted-ratio.js';
import type { Place } from './pack-text.js';
import { routes } from './policy-pack.js';
import type { Adjustment, BenefitSetting, CrossRule, PolicyPack, RatioClause, Route } from './policy-pack.js';
import { namedAges, namedAreas, pick } from './tree.js';
import type { Position, Tree } from './tree.js';

/** 国家降幅上限 (P2.6): how much lower cross-province direct settlement may be paid, as ratios, from a day on. */
export interface NationalCeilings {
  readonly from: string;
  readonly referral: Ratio;
  readonly other: Ratio;
}

export function nationalCeilings(): NationalCeilings {
  const values = DatedValues.load('settlement/ceilings.yaml');
  const { from } = values.on('referralCutCeiling', '2023-01-01');
  const points = (name: string): Ratio => ratio(values.textOn(name, from)).div(100);
  return { from, referral: points('referralCutCeiling'), other: points('otherCutCeiling') };
}

const bound: readonly Route[] = routes.filter((route) => route !== 'none' && route !== 'unfiled');

/** No pack may cut deeper than the national ceilings; what binds and what does not is in docs/policy-packs.md section 10. */
export function checkCeilings(pack: PolicyPack, ceilings: NationalCeilings, place: Place): void {
  if (pack.outsideCeilings !== undefined || (pack.to !== undefined && pack.to < ceilings.from)) return;
  const told = new Set<string>();
  for (const [setting, versions] of Object.entries(pack.terms) as [
    BenefitSetting,
    PolicyPack['terms'][BenefitSetting],
  ][]) {
    for (const version of versions ?? []) {
      if (version.to !== undefined && version.to < ceilings.from) continue;
      for (const at of positions(pack, setting, version.ratio)) {
        const excess = cutBeyond(pack, version.ratio, at, ceilings);
        const key = `${setting} ${at.route} ${at.level}`;
        if (excess === undefined || told.has(key)) continue;
        told.add(key);
        (place.get('crossRegion') ?? place).problem(
          `${setting}, route ${at.route}, level ${at.level}: cut by ${excess.cut} points, the national ceiling is ${excess.ceiling}; ` +
            'write at most that, or say in "ceilings" why it does not bind',
        );
      }
    }
  }
}

/** Every kind of bill that the pack may tell apart: each value of its domains, each area and age that a tree names. */
function* positions(pack: PolicyPack, setting: string, clause: RatioClause): Generator<Position> {
  const { levels, categories, tiers, identities } = pack.domains;
  const trees = [...clause.steps.map(({ ratio: tree }) => tree), ...(pack.crossRegion ? [pack.crossRegion.rule] : [])];
  const areas = new Set([pack.area, ...trees.flatMap((tree) => namedAreas<unknown>(tree))]);
  const ages = new Set([40, ...trees.flatMap((tree) => namedAges<unknown>(tree)), ...clause.adjust.flatMap(agesOf)]);
  for (const level of levels)
    for (const category of categories)
      for (const tier of tiers.length === 0 ? [''] : tiers)
        for (const identity of [...identities, 'none'])
          for (const area of areas)
            for (const age of ages)
              for (const route of bound)
                yield { level, category, tier, identity, route, where: 'outside', area, setting, age };
}

/** The ages at which a change begins or ends, and those between which an age bonus is highest below the full ratio. */
const agesOf = (change: Adjustment): number[] =>
  change.kind === 'age'
    ? [change.fromAge, Math.max(0, change.fullFromAge - 1), change.fullFromAge]
    : change.when.flatMap((one) =>
        one.dimension === 'age' ? one.ages.flatMap(({ from, to }) => [from, to + 1]).filter(Number.isFinite) : [],
      );

function cutBeyond(
  pack: PolicyPack,
  clause: RatioClause,
  at: Position,
  ceilings: NationalCeilings,
): { cut: string; ceiling: string } | undefined {
  const rule = pack.crossRegion === undefined ? undefined : pick(pack.crossRegion.rule, at)?.value;
  if (rule === undefined) return undefined;
  const there = { ...at, level: rule.asLevel ?? at.level };
  const atHome = { ...there, route: 'none', where: 'home' };
  const ceiling = at.route === 'other' ? ceilings.other : ceilings.referral;
  for (const step of clause.steps) {
    const home = pick(step.ratio, atHome);
    const reduced = reducedRatio(step.ratio, clause, there, rule);
    if (home === undefined || reduced === undefined) continue;
    const cut = adjustedRatio(home.value, clause.adjust, atHome, noCut).minus(reduced);
    if (cut.greaterThan(ceiling)) return { cut: cut.times(100).toFixed(), ceiling: ceiling.times(100).toFixed() };
  }
  return undefined;
}

/** What is paid there of a fen in scope; `nothing` takes the whole ratio, whatever the table says. */
function reducedRatio(tree: Tree<Ratio>, { adjust }: RatioClause, there: Position, rule: CrossRule): Ratio | undefined {
  if (rule.paysNothing) return ratio('0');
  const away = pick(tree, there);
  return away === undefined ? undefined : afterFirstPay(adjustedRatio(away.value, adjust, there, rule), rule);
}

const afterFirstPay = (value: Ratio, { firstPay }: CrossRule): Ratio =>
  firstPay === undefined ? value : value.times(ratio('1').minus(firstPay));
