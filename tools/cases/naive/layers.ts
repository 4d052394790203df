import { capsOf, growCaps, roomUnder } from './caps.js';
import { fieldsOf, isGiven, listOf, textOf, textsOf } from './fields.js';
import type { Ledger } from './ledger.js';
import { least, most, sum, zero, type Yuan } from './money.js';
import { PERSONAL_PARTS, type Fields, type Personal } from './model.js';
import { noCut, paidAlong, type Cut } from './ratio.js';
import { holds, numberAt, use, type Facts } from './tree.js';

const KINDS = ['large-amount', 'serious-illness', 'civil-servant', 'employer', 'aid'];

export interface LayerOfPack {
  layer: Fields;
  facts: Facts;
}

/** By kind, within a kind the basic pack first, then as written. */
export function layersOf(packs: readonly { pack: Fields; facts: Facts }[]): LayerOfPack[] {
  const all = packs.flatMap(({ pack, facts }) =>
    listOf(pack['layers']).map((layer) => ({ layer: fieldsOf(layer), facts })),
  );
  return KINDS.flatMap((kind) => all.filter(({ layer }) => layer['kind'] === kind));
}

/** Section 8.4: one layer; what it pays is taken off the personal parts. */
export function payLayer(
  { layer, facts }: LayerOfPack,
  personal: Personal,
  crossRegion: Cut,
  month: string,
  ledger: Ledger,
): Yuan | undefined {
  const clause = textOf(layer['clause']);
  if (isGiven(layer['settings']) && !textsOf(layer['settings']).includes(facts.setting)) return undefined;
  if (isGiven(layer['when']) && !holds(layer['when'], facts)) return undefined;
  const base = PERSONAL_PARTS.filter((part) => textsOf(layer['base']).includes(part));
  const name = `base.${textOf(layer['layer'])}`;
  const overYear = layer['over'] === 'year';
  const b = sum(base.map((part) => personal[part]));
  if (b.greaterThan(zero)) use(layer, facts);
  const a = overYear ? ledger.at(name) : zero;
  const start = numberAt(layer['start'], facts, clause) ?? zero;
  const from = most(a, start);
  const caps = capsOf(layer['caps'], facts, ledger, month);
  const z = roomUnder(caps, 'cost', most(a.plus(b), start).minus(from));
  const stretch = {
    from,
    to: from.plus(z),
    moved: layer['measuredFrom'] === 'start' ? start : zero,
  };
  const cut = layer['cut'] === 'true' ? crossRegion : noCut;
  const along = paidAlong({ holder: layer, clause, ...stretch }, facts, cut);
  const pays = roomUnder(caps, 'fund', along.pays);
  growCaps(caps, 'cost', z, ledger);
  growCaps(caps, 'fund', pays, ledger);
  if (overYear) ledger.grow(name, b);
  takeOff(personal, base, pays);
  return pays;
}

function takeOff(personal: Personal, parts: readonly (keyof Personal)[], pays: Yuan): void {
  let left = pays;
  for (const part of parts) {
    const taken = least(personal[part], left);
    personal[part] = personal[part].minus(taken);
    left = left.minus(taken);
  }
}
