import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, MonthField, oneOf, strict, Yuan } from './fields.js';

/** 预付金预警 (N23): a change of level of one receiving province; once per level and episode. */
export const warningRaised = defineEvent({
  topic: 'warning-raised',
  version: 1,
  schema: Type.Object(
    {
      warningNo: Id,
      period: MonthField,
      payee: Area,
      level: oneOf('yellow', 'red'),
      percent: Type.String({ pattern: '^\\d+\\.\\d{2}$' }),
      cleared: Yuan,
      prepayment: Yuan,
      raisedOn: DayField,
    },
    strict,
  ),
  example: {
    warningNo: 'W202603310000',
    period: '2026-03',
    payee: '310000',
    level: 'red',
    percent: '92.65',
    cleared: '12044.25',
    prepayment: '13000.00',
    raisedOn: '2026-04-30',
  },
});
