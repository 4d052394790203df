import { settings } from '../../apps/settlement/src/policy/policy-pack.js';
import type { PolicyPack } from '../../apps/settlement/src/policy/policy-pack.js';
import { isBasic } from '../../apps/settlement/src/policy/policy-packs.js';
import { pick } from '../../apps/settlement/src/policy/tree.js';
import type { Position } from '../../apps/settlement/src/policy/tree.js';
import { people } from './people.js';
import { kindsOf } from './positions.js';
import { sayHospital, sayLayer, sayPack, sayTerms, settingNames } from './statements.js';

/** One thing that a pack says for one kind of person and bill, in words. */
interface Statement {
  /** What all the kinds of people are called to whom it could apply. */
  readonly everybody: readonly (readonly string[])[];
  readonly about: string;
  readonly who: readonly string[];
  readonly says: string;
}

/**
 * 政策变化: what two packs say differently, for whom, from what to what. People who fare alike are told together. Both packs
 * are asked on the last version of each setting.
 */
export function describeDifferences(before: PolicyPack, after: PolicyPack): string[] {
  const packs = [before, after];
  const old = new Map(statements(before, packs).map((one) => [key(one), one]));
  const now = new Map(statements(after, packs).map((one) => [key(one), one]));
  const changes = new Map<string, { one: Statement; from: string; to: string; who: string[][] }>();
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const one = old.get(id) ?? now.get(id);
    const from = old.get(id)?.says ?? '未规定';
    const to = now.get(id)?.says ?? '未规定';
    if (one === undefined || from === to) continue;
    const group = `${one.about}|${from}|${to}`;
    const change = changes.get(group) ?? { one, from, to, who: [] };
    change.who.push([...one.who]);
    changes.set(group, change);
  }
  return [...changes.values()].map(
    ({ one: { about, everybody }, from, to, who }) => `${about}：${from} → ${to}（${people(who, everybody)}）`,
  );
}

const key = ({ about, who }: Statement): string => `${about} ${who.join(' ')}`;

/** Bills of other levels, categories and tiers are refused, whatever the trees of a basic pack would say. */
const covers = ({ domains: { levels, categories, tiers } }: PolicyPack, at: Position): boolean =>
  levels.some((level) => level === at.level) &&
  categories.some((category) => category === at.category) &&
  (tiers.length === 0 || tiers.includes(at.tier));

function statements(pack: PolicyPack, packs: readonly PolicyPack[]): Statement[] {
  const found: Statement[] = [];
  sayPack(pack, (about, says) => found.push({ about, who: [], says, everybody: [] }));
  for (const setting of settings) {
    const versions = pack.terms[setting] ?? [];
    const terms = versions[versions.length - 1];
    const layers = pack.layers.filter((layer) => layer.settings.includes(setting));
    if (terms === undefined && layers.length === 0) continue;
    const kinds = kindsOf(pack, packs, setting);
    const everybody = kinds.map(({ who }) => who);
    for (const { at, who } of kinds) {
      const say = (what: string, says: string): void => {
        found.push({ about: `${settingNames[setting]}${what}`, who, says, everybody });
      };
      if (isBasic(pack) && !covers(pack, at)) continue;
      const cross = pack.crossRegion === undefined ? { paysNothing: false } : pick(pack.crossRegion.rule, at)?.value;
      const there = { ...at, level: cross?.asLevel ?? at.level };
      if (terms !== undefined) sayTerms(terms, there, cross, say);
      for (const layer of layers) sayLayer(layer, there, cross, say);
      sayHospital(pack, there, say);
    }
  }
  return found;
}
