import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { filingChanged, PayloadOf } from '#shared/contracts';
import { lastDayOf } from '#shared/filing';
import type { AreaCode } from '#shared/regions';

export type FilingPayload = Required<PayloadOf<typeof filingChanged>>;
/** 备案人员类别 (N7). */
export type FilingCategory = FilingPayload['category'];
export type FilingStatus = FilingPayload['status'];
export type FilingChannel = FilingPayload['channel'];

/** What may happen to a filing that exists. */
export type FilingEvent =
  | 'approve'
  | 'reject'
  | 'cancel'
  | 'amend'
  | 'extend'
  | 'fulfil'
  | 'replace'
  | 'suspend'
  | 'resume'
  | 'end'
  | 'lapse'
  | 'expire';

/** 联系信息 of the filing form (A1 A2); what was not given is null. */
export interface FilingContact {
  readonly cardNo: string | null;
  readonly homeAddress: string | null;
  readonly awayAddress: string | null;
  readonly phone1: string | null;
  readonly phone2: string | null;
  /** 被委托人: who signs for the person. */
  readonly agentName: string | null;
  readonly agentPhone: string | null;
}

export const noContact: FilingContact = {
  cardNo: null,
  homeAddress: null,
  awayAddress: null,
  phone1: null,
  phone2: null,
  agentName: null,
  agentPhone: null,
};

export type ContactGiven = { readonly [K in keyof FilingContact]?: string | null | undefined };

/** The contact with what is given anew; what is not given stays. */
export function withContact(known: FilingContact, given: ContactGiven = {}): FilingContact {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...known, ...Object.fromEntries(said) };
}

/** 转诊: what the referring hospital says. */
export interface ReferralFacts {
  readonly diagnosis: string;
  readonly toInstitution: string | null;
}

/** 备案: where a person may be treated away from home, on what ground, from when until when. */
export interface Filing extends FilingPayload {
  readonly county: AreaCode | null;
  /** 登记类别 (A1): 新增 or 变更. */
  readonly kind: 'new' | 'change';
  /** The filing whose place this one took. */
  readonly replaces: string | null;
  /** The earlier referral that this one goes on from (P3.2). */
  readonly continues: string | null;
  readonly materials: readonly string[];
  readonly contact: FilingContact;
  readonly referral: ReferralFacts | null;
  readonly agentId: string | null;
  readonly appliedBy: string;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  /** By when the home agency must decide; null when it is decided. */
  readonly dueOn: Day | null;
  /** 自费出院日, when the filing was made up after it (H17). */
  readonly dischargedOn: Day | null;
  readonly closedOn: Day | null;
  /** Its place in the order of what was told about the person. */
  readonly version: number;
}

/** A filing that is in force or only paused: it stands in the way of others, and follows the insured status. */
export const isStanding = ({ status }: Pick<Filing, 'status'>): boolean =>
  status === 'effective' || status === 'suspended';

/** Whether its last day is over, although the day's job has not closed it yet: what is over is not revived. */
export function isOver(filing: Pick<Filing, 'validTo' | 'commitmentDueOn'>, today: Day): boolean {
  const last = lastDayOf(filing);
  return last !== null && last < today;
}

/** Closing keeps the days before: the filing was good until the day before. */
export function closedBefore(filing: Filing, on: Day, today: Day): Pick<Filing, 'validTo' | 'closedOn'> {
  const last = addDays(on, -1);
  return { validTo: filing.validTo !== null && filing.validTo < last ? filing.validTo : last, closedOn: today };
}

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
  coversFrom: filing.coversFrom,
});
