/** 外伤的依据: no injury, one without a third party and with a signed commitment, one without the commitment, one that a third party answers for. */
export type InjuryGround = 'none' | 'committed' | 'uncommitted' | 'third-party';

export interface InjuryFacts {
  readonly medType: string;
  /** 外伤标志. */
  readonly injured: boolean;
  /** 涉及第三方标志. */
  readonly thirdParty: boolean;
  /** 外伤无第三方责任承诺书 (A11) signed. */
  readonly committed: boolean;
}

/** 意外伤害门诊, 外伤住院: an injury by the kind of treatment, whatever the flag says. */
const injuryTypes: ReadonlySet<string> = new Set(['19', '22']);

/**
 * 外伤就医 (N35 H56 P2.4): what a third party or an employer answers for is not the fund's; what the patient says is nobody's
 * fault is settled on a signed commitment, and looked into afterwards. A third party that is named counts without the injury flag.
 */
export function injuryGround(facts: InjuryFacts): { value: InjuryGround; articles: readonly string[] } {
  const articles = ['N35', 'H56', 'A11'];
  if (facts.thirdParty) return { value: 'third-party', articles };
  if (!facts.injured && !injuryTypes.has(facts.medType)) return { value: 'none', articles: [] };
  return { value: facts.committed ? 'committed' : 'uncommitted', articles };
}
