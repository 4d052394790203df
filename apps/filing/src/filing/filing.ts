import type { Day } from '#shared/clock';
import type { filingChanged, PayloadOf } from '#shared/contracts';

export type FilingPayload = PayloadOf<typeof filingChanged>;
/** 备案人员类别 (N7). */
export type FilingCategory = FilingPayload['category'];
export type FilingStatus = FilingPayload['status'];
export type FilingChannel = FilingPayload['channel'];
export type FilingEvent = 'approve' | 'reject' | 'cancel' | 'suspend' | 'resume' | 'end' | 'lapse';

/** 备案: where a person may be treated away from home, on what ground, from when until when. */
export interface Filing extends FilingPayload {
  readonly materials: readonly string[];
  readonly appliedBy: string;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  /** By when the home agency must decide; null when it is decided. */
  readonly dueOn: Day | null;
}

export const isLongTerm = (category: FilingCategory): boolean =>
  category === 'retired-resettled' || category === 'long-term-resident' || category === 'posted-worker';

/** A filing as the other services may know it. */
export const filingPayload = (filing: Filing): FilingPayload => ({
  filingNo: filing.filingNo,
  personNo: filing.personNo,
  homeArea: filing.homeArea,
  category: filing.category,
  destination: filing.destination,
  status: filing.status,
  channel: filing.channel,
  supplementary: filing.supplementary,
  appliedOn: filing.appliedOn,
  decidedOn: filing.decidedOn,
  validFrom: filing.validFrom,
  validTo: filing.validTo,
  commitmentDueOn: filing.commitmentDueOn,
});
