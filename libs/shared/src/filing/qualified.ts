import type { Day } from '../clock/index.js';

/** What one has to know of a qualification to say on which days it is good. */
export interface QualificationTerm {
  readonly status: string;
  readonly from: Day | null;
  readonly to: Day | null;
}

/**
 * 门诊慢特病资格是否有效 (N13 H16 N31): the one answer for filing and for the gateway. Good from the first to the last day, both
 * included; one that has ended keeps the days before, so that what was done on its last day is settled after it.
 */
export function isQualifiedOn({ status, from, to }: QualificationTerm, day: Day): boolean {
  if (from === null || day < from) return false;
  if (status === 'effective') return to === null || day <= to;
  return status === 'ended' && to !== null && day <= to;
}
