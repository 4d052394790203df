import { converted, openEnd } from './clause-fields.js';
import type { ClauseFields } from './clause-fields.js';
import { amount, flag, list, maybe, needed, pattern, shape, text, unitRatio, word } from './fields.js';
import type { Field } from './fields.js';
import { layerKinds, personalParts, settings } from './policy-pack.js';
import type { Layer } from './policy-pack.js';
import { checkCapNames, fundType } from './setting-fields.js';
import type { TreeFields } from './tree-field.js';

/** 补充层: docs/policy-packs.md section 6. */
export function layerField(clauses: ClauseFields, trees: TreeFields): Field<Layer> {
  const fields = shape({
    layer: needed(pattern(/^[a-z][a-z0-9-]*$/, 'a name in small letters, for example serious')),
    kind: needed(word(...layerKinds)),
    fundType: needed(fundType),
    clause: needed(text),
    source: needed(text),
    unconfirmed: maybe(text),
    settings: needed(list(word(...settings), 1)),
    when: maybe(clauses.when),
    base: needed(list(word(...personalParts), 1)),
    over: needed(word('bill', 'year')),
    start: maybe(trees.orNone(amount)),
    measuredFrom: maybe(word('zero', 'start')),
    ratio: maybe(trees.of(unitRatio)),
    bands: maybe(clauses.steps),
    adjust: maybe(list(clauses.adjustment)),
    cut: maybe(flag),
    caps: maybe(list(clauses.cap)),
  });
  return converted(fields, (read, place) => {
    if ((read.ratio === undefined) === (read.bands === undefined)) place.problem('write either "ratio" or "bands"');
    checkCapNames(read.caps ?? [], place);
    return {
      layer: read.layer,
      kind: read.kind,
      fundType: read.fundType,
      settings: read.settings,
      base: read.base,
      over: read.over,
      clause: clauses.clauseOf(read, place),
      when: read.when ?? [],
      ...openEnd(read, 'start'),
      measuredFrom: read.measuredFrom ?? 'zero',
      steps: read.bands ?? [{ toFen: null, ratio: read.ratio ?? { open: true } }],
      adjust: read.adjust ?? [],
      cut: read.cut ?? false,
      caps: read.caps ?? [],
    };
  });
}
