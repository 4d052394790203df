import type { DirectRoute } from '../../visit/rules/decide-route.js';
import type { InjuryGround } from '../../visit/rules/injury-ground.js';

/** 待核查事由 of a settlement that was made in good faith. */
export type ClueKind = 'injury-commitment' | 'emergency-undiagnosed' | 'outside-form-unseen';

export interface ClueFacts {
  readonly injury: InjuryGround;
  readonly route: DirectRoute;
  /** Whether the hospital has told any diagnosis. */
  readonly diagnosed: boolean;
  /** Lines done elsewhere whose form only the hospital has seen. */
  readonly unseenForms: number;
}

export const clueNames: Record<ClueKind, string> = {
  'injury-commitment': '外伤，凭无第三方责任承诺书结算，需核查',
  'emergency-undiagnosed': '凭急诊标志视同已备案，但没有任何诊断，需核查急诊是否属实',
  'outside-form-unseen': '外检外购单由医院留存，系统内没有，需核查',
};

/** 核查标记 (N34 N35 N36): what was settled on somebody's word is looked into afterwards; it does not hold up the patient. */
export function settlementClues(facts: ClueFacts): { kind: ClueKind; article: string }[] {
  return [
    ...(facts.injury === 'committed' ? [{ kind: 'injury-commitment', article: 'N35' } as const] : []),
    ...(facts.route === 'emergency' && !facts.diagnosed
      ? [{ kind: 'emergency-undiagnosed', article: 'N34' } as const]
      : []),
    ...(facts.unseenForms > 0 ? [{ kind: 'outside-form-unseen', article: 'N36' } as const] : []),
  ];
}
