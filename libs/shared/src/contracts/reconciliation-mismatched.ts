import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, nullable, oneOf, strict, Yuan } from './fields.js';

/** 对账差异分类 (N38): where a settlement is missing, or what differs. */
export const differenceKinds = [
  'missing-at-institution',
  'missing-at-treatment',
  'missing-at-home',
  'amount-differs',
  'status-differs',
] as const;

/** 对账不符: one difference of a daily reconciliation, when it is found and again when it is gone. */
export const reconciliationMismatched = defineEvent({
  topic: 'reconciliation-mismatched',
  version: 1,
  schema: Type.Object(
    {
      differenceId: Id,
      day: DayField,
      kind: oneOf(...differenceKinds),
      settlementId: Id,
      institutionCode: Id,
      treatmentArea: Area,
      homeArea: Area,
      fundAmount: Yuan,
      state: oneOf('open', 'resolved'),
      foundOn: DayField,
      resolvedOn: nullable(DayField),
    },
    strict,
  ),
  example: {
    differenceId: 'X20260316000001',
    day: '2026-03-16',
    kind: 'missing-at-institution',
    settlementId: 'S20260316000001',
    institutionCode: 'H42010000001',
    treatmentArea: '420100',
    homeArea: '430600',
    fundAmount: '2642.71',
    state: 'open',
    foundOn: '2026-03-16',
    resolvedOn: null,
  },
});
