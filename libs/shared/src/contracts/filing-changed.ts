import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, nullable, oneOf, strict } from './fields.js';

/** 备案人员类别 (N7): the five that are filed; emergency needs no filing. */
export const filingCategories = [
  'retired-resettled',
  'long-term-resident',
  'posted-worker',
  'referral',
  'other-temporary',
] as const;

/** 备案状态. `replaced`: another filing took its place; `expired`: its term is over; `unfiled`: its commitment was not kept. */
export const filingStatuses = [
  'applied',
  'effective',
  'rejected',
  'cancelled',
  'suspended',
  'ended',
  'unfiled',
  'expired',
  'replaced',
] as const;

/** 备案渠道 (N9 H10 H11 P3.1). */
export const filingChannels = [
  'counter',
  'phone',
  'fax',
  'national-app',
  'mini-program',
  'state-council',
  'provincial-app',
  'provincial-portal',
  'agent',
  'one-stop',
  'self-service',
] as const;

/** 备案变更: the state of one filing after the change. */
export const filingChanged = defineEvent({
  topic: 'filing-changed',
  version: 1,
  schema: Type.Object(
    {
      filingNo: Id,
      personNo: Id,
      homeArea: Area,
      category: oneOf(...filingCategories),
      destination: Area,
      status: oneOf(...filingStatuses),
      channel: oneOf(...filingChannels),
      supplementary: Type.Boolean(),
      appliedOn: DayField,
      decidedOn: nullable(DayField),
      validFrom: nullable(DayField),
      validTo: nullable(DayField),
      /** A commitment stands in for proof until this day (H22); null when the proof is there. */
      commitmentDueOn: nullable(DayField),
      /** The admission that a supplementary filing (补办) was made for; missing or null for any other filing. */
      coversFrom: Type.Optional(nullable(DayField)),
    },
    strict,
  ),
  example: {
    filingNo: 'BA4301002026030001',
    personNo: '43010000000000000000000001',
    homeArea: '430100',
    category: 'long-term-resident',
    destination: '110000',
    status: 'effective',
    channel: 'counter',
    supplementary: false,
    appliedOn: '2025-09-01',
    decidedOn: '2025-09-01',
    validFrom: '2025-09-01',
    validTo: null,
    commitmentDueOn: null,
  },
});
