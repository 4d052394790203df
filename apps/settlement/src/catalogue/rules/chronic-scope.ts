export type ChronicScope = 'scope' | 'outside' | 'norms';

export interface ChronicScopeFacts {
  /** 病种 of the line for which the person is qualified; the home area decides which these are. */
  readonly diseases: readonly string[];
  /** Those of them that the treatment place has with a scope of payment. */
  readonly withScope: ReadonlySet<string>;
  /** In whose scope the treatment place has the item. */
  readonly itemDiseases: readonly string[];
}

export interface ChronicScopeDecision {
  readonly value: ChronicScope;
  readonly articles: readonly string[];
}

/**
 * 门诊慢特病支付范围 (N31 H18), case by case: a disease for which the treatment place has a scope is paid within that scope; one
 * that it does not have, or has without a scope, goes by the norms of treatment, and the item passes flagged for audit.
 * Several diseases at once: what is in the scope of one of them is paid; how far is the home area's rule, which gets them all.
 */
export function chronicScope({ diseases, withScope, itemDiseases }: ChronicScopeFacts): ChronicScopeDecision {
  const articles = ['N31', 'H18'];
  if (diseases.some((one) => withScope.has(one) && itemDiseases.includes(one))) return { value: 'scope', articles };
  if (diseases.some((one) => !withScope.has(one))) return { value: 'norms', articles };
  return { value: 'outside', articles };
}
