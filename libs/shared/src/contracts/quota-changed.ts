import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, oneOf, strict, Yuan } from './fields.js';

/** 预付金额度变更 (N18): what one province prepays to another. */
export const quotaChanged = defineEvent({
  topic: 'quota-changed',
  version: 1,
  schema: Type.Object(
    {
      year: Type.Integer({ minimum: 2015, maximum: 2999 }),
      payer: Area,
      payee: Area,
      kind: oneOf('initial', 'adjustment', 'emergency'),
      /** Before it is fixed to 0.01 万元. */
      exact: Yuan,
      quota: Yuan,
      effectiveOn: DayField,
    },
    strict,
  ),
  example: {
    year: 2026,
    payer: '430000',
    payee: '420000',
    kind: 'initial',
    exact: '4015.80',
    quota: '4000.00',
    effectiveOn: '2026-01-30',
  },
});
