import Type from 'typebox';
import { filingCategories, filingChannels, filingStatuses } from '#shared/contracts';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AnswerFields, AnswerList, AnswerObject } from '#shared/service';
import { noContact } from './filing.js';
import type { Filing } from './filing.js';

const { text, day, area, flag, count, maybeArea, maybeDay, maybeText } = AnswerFields;

const ContactAnswer = AnswerObject({
  cardNo: maybeText,
  homeAddress: maybeText,
  awayAddress: maybeText,
  phone1: maybeText,
  phone2: maybeText,
  agentName: maybeText,
  agentPhone: maybeText,
});

export const FilingAnswer = AnswerObject({
  filingNo: text,
  personNo: text,
  homeArea: area,
  county: maybeArea,
  kind: Type.Enum(['new', 'change']),
  category: Type.Enum([...filingCategories]),
  destination: area,
  status: Type.Enum([...filingStatuses]),
  channel: Type.Enum([...filingChannels]),
  supplementary: flag,
  materials: Type.Array(text),
  contact: ContactAnswer,
  referral: Type.Union([AnswerObject({ diagnosis: text, toInstitution: maybeText }), Type.Null()]),
  agentId: maybeText,
  replaces: maybeText,
  continues: maybeText,
  appliedOn: day,
  appliedBy: text,
  decidedOn: maybeDay,
  decidedBy: maybeText,
  reason: maybeText,
  dueOn: maybeDay,
  validFrom: maybeDay,
  validTo: maybeDay,
  commitmentDueOn: maybeDay,
  coversFrom: maybeDay,
  dischargedOn: maybeDay,
  closedOn: maybeDay,
  version: count,
});

export const HistoryAnswer = AnswerList(
  AnswerObject({
    event: text,
    fromStatus: maybeText,
    toStatus: text,
    happenedOn: day,
    actor: text,
    reason: maybeText,
    version: count,
    content: Type.Object({}, { additionalProperties: true }),
  }),
);

/** A treatment agency sees the filing, not where the person lives and who signs for him. */
export const filingView = (filing: Filing, caller: Caller): Filing =>
  isWithin(caller.scope, filing.homeArea) || caller.agency === filing.county
    ? filing
    : { ...filing, contact: noContact };
