import { least, most } from '#shared/money';
import type { Fen } from '#shared/money';
import { layerKinds } from '../../policy/policy-pack.js';
import type { CrossRule, Layer, Policy, PolicyPack } from '../../policy/policy-pack.js';
import { larger, minus, plus, smaller, yuan } from '../expression.js';
import { OpenClause } from '../reckoning.js';
import type { Reckoning } from '../reckoning.js';
import { asksForAge, holds, noCut } from './adjusted-ratio.js';
import { bandParts } from './band-parts.js';
import { bandSum } from './band-sum.js';
import { narrowest, useCaps } from './cap-room.js';
import { sumOf, takeOff } from './personal-parts.js';

/** 补充层的次序: 大额, 大病, 公务员, 企业补充, 救助; within a kind the basic pack first (N6). */
export const layersInOrder = ({ basic, supplements }: Policy): { layer: Layer; pack: PolicyPack }[] => {
  const all = [basic, ...supplements].flatMap((pack) => pack.layers.map((layer) => ({ layer, pack })));
  return layerKinds.flatMap((kind) => all.filter(({ layer }) => layer.kind === kind));
};

/** 补充层支付 (N6): docs/policy-packs.md 8.4. Answers what the layer pays; 0 where it does not apply. */
export function layerPay(layer: Layer, cross: CrossRule, bill: Reckoning): Fen {
  if (!layer.settings.includes(bill.facts.setting)) return 0n;
  if (bill.at.age === null && asksForAge(layer.when))
    throw new OpenClause(`${layer.clause.pack} ${layer.clause.clause}（年龄不明）`);
  if (!holds(layer.when, bill.at)) return 0n;
  const broughtFen = sumOf(layer.base, bill);
  const earlierFen = layer.over === 'year' ? bill.used(`base.${layer.layer}`) : 0n;
  if (layer.over === 'year') bill.move(`base.${layer.layer}`, broughtFen);
  const startFen = layer.start === undefined ? null : bill.value(layer.start, layer.clause, '起付线');
  const fromFen = most(earlierFen, startFen ?? 0n);
  const wholeFen = most(earlierFen + broughtFen, startFen ?? 0n) - fromFen;
  if (layer.clause.unconfirmed !== undefined && broughtFen > 0n) bill.rest(layer.clause);
  const countsFen = underCostCaps(layer, wholeFen, bill);
  explainBase(layer, { broughtFen, earlierFen, startFen: startFen ?? 0n, countsFen }, bill);
  const stepsBeginFen = layer.measuredFrom === 'start' ? (startFen ?? 0n) : 0n;
  const sums = bandSum(
    bandParts(layer.steps, fromFen, fromFen + countsFen, stepsBeginFen),
    layer,
    layer.cut ? cross : noCut,
    bill,
  );
  const limit = narrowest(layer.caps, 'fund', bill);
  const payFen = limit === undefined ? sums.payFen : least(sums.payFen, limit.roomFen);
  useCaps(layer.caps, 'fund', payFen, bill);
  takeOff(layer.base, payFen, bill);
  bill.figures.amount({ rule: 'layer-pay', name: `${layerName(layer)}支付`, clause: layer.clause }, payFen, () =>
    limit === undefined ? sums.formula() : smaller(sums.formula(), yuan(limit.roomFen)),
  );
  return payFen;
}

function underCostCaps(layer: Layer, wholeFen: Fen, bill: Reckoning): Fen {
  const limit = narrowest(layer.caps, 'cost', bill);
  const countsFen = limit === undefined ? wholeFen : least(wholeFen, limit.roomFen);
  useCaps(layer.caps, 'cost', countsFen, bill);
  return countsFen;
}

const names: Record<Layer['kind'], string> = {
  'large-amount': '大额',
  'serious-illness': '大病保险',
  'civil-servant': '公务员补助',
  employer: '企业补充',
  aid: '医疗救助',
};
const layerName = ({ kind }: Layer): string => names[kind];

function explainBase(
  layer: Layer,
  base: { broughtFen: Fen; earlierFen: Fen; startFen: Fen; countsFen: Fen },
  bill: Reckoning,
): void {
  const { broughtFen, earlierFen, startFen, countsFen } = base;
  const name = layerName(layer);
  const { clause } = layer;
  bill.figures.amount({ rule: 'layer-base', name: `${name}本次基数`, clause }, broughtFen, () => yuan(broughtFen));
  bill.figures.amount({ rule: 'layer-above-start', name: `${name}起付线以上部分`, clause }, countsFen, () => {
    const above = minus(
      larger(plus(yuan(earlierFen), yuan(broughtFen)), yuan(startFen)),
      larger(yuan(earlierFen), yuan(startFen)),
    );
    return layer.caps.some(({ kind }) => kind === 'cost') ? smaller(above, yuan(countsFen)) : above;
  });
}
