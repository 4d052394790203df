import type { Day } from '#shared/clock';
import type { PayloadOf, qualificationChanged } from '#shared/contracts';

export type QualificationPayload = PayloadOf<typeof qualificationChanged>;
export type QualificationStatus = 'applied' | 'effective' | 'rejected' | 'ended';
export type QualificationEvent = 'approve' | 'reject' | 'end';

/** 门诊慢特病认定资格: which disease of a person is treated under the chronic-disease rules, from when until when. */
export interface Qualification extends Omit<QualificationPayload, 'status' | 'from'> {
  readonly county: string | null;
  readonly status: QualificationStatus;
  readonly appliedOn: Day;
  readonly decidedOn: Day | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly from: Day | null;
  readonly version: number;
}

/** What the others may know: only what was granted. */
export function qualificationPayload(one: Qualification): QualificationPayload | undefined {
  const { qualificationNo, personNo, homeArea, diseaseCode, diseaseName, status, from, to } = one;
  if ((status !== 'effective' && status !== 'ended') || from === null) return undefined;
  return { qualificationNo, personNo, homeArea, diseaseCode, diseaseName, status, from, to };
}
