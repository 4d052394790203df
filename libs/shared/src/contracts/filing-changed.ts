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
      status: oneOf('applied', 'effective', 'rejected', 'cancelled', 'suspended', 'ended', 'unfiled'),
      channel: oneOf('counter', 'phone', 'national-app', 'provincial-app', 'agent', 'one-stop', 'self-service'),
      supplementary: Type.Boolean(),
      appliedOn: DayField,
      decidedOn: nullable(DayField),
      validFrom: nullable(DayField),
      validTo: nullable(DayField),
      /** A commitment stands in for proof until this day (H22); null when the proof is there. */
      commitmentDueOn: nullable(DayField),
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
