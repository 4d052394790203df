import type { Figure } from '../../apps/settlement/src/benefit/figure.js';

const ofBasicFund = ['basic-fund', 'floor-guarantee', 'fund-cap'];

/** The rules of the engine whose figures an expected value comes from. */
const rulesOf: Readonly<Record<string, readonly string[]>> = {
  deductible: ['deductible', 'deductible-share'],
  ratio: ['ratio'],
  fund: [...ofBasicFund, 'layer-pay'],
  funds: [...ofBasicFund, 'layer-pay'],
  'layers.basic': ofBasicFund,
  layers: ['layer-pay'],
  'personal.route-first-pay': ['route-first-pay'],
  'personal.over-cap': ['cost-cap', 'fund-cap', 'over-cap'],
  'personal.deductible': ['deductible'],
  account: ['account-share'],
  hospital: ['hospital-share'],
  cash: ['cash'],
};

/** 依据: the clauses and articles that an expected value rests on, as people quote them; empty where it is given and not computed. */
export function restingOn(what: string, figures: readonly Figure[]): string {
  const rules = rulesOf[what] ?? rulesOf[what.replace(/\..*$/, '')] ?? [];
  const bases = figures
    .filter(({ rule }) => rules.includes(rule))
    .flatMap(({ clause, articles }) => [...(clause === null ? [] : [`${clause.pack} ${clause.clause}`]), ...articles]);
  return [...new Set(bases)].join('；');
}
