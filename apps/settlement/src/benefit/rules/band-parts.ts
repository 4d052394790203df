import { least, most } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Step } from '../../policy/policy-pack.js';

export interface BandPart {
  readonly step: Step;
  readonly amountFen: Fen;
}

/** 分段: how much of the money between two points of an axis lies in each step; the steps may begin above zero. */
export function bandParts(steps: readonly Step[], fromFen: Fen, toFen: Fen, stepsBeginFen: Fen = 0n): BandPart[] {
  const parts: BandPart[] = [];
  let lower = 0n;
  for (const step of steps) {
    const upper = step.toFen === null ? toFen : step.toFen + stepsBeginFen;
    const amountFen = least(toFen, upper) - most(fromFen, lower);
    if (amountFen > 0n) parts.push({ step, amountFen });
    lower = upper;
  }
  return parts;
}
