import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, MonthField, oneOf, strict, Yuan } from './fields.js';

/**
 * 清算通知: a payment or receipt notice of a province (annexes 15, 16), or the netting result of one area inside a
 * province (Hunan annexes 5 to 7). A line with `returned` is one that the annexes mark with “*”.
 */
export const clearingNoticeIssued = defineEvent({
  topic: 'clearing-notice-issued',
  version: 1,
  schema: Type.Object(
    {
      noticeNo: Id,
      period: MonthField,
      kind: oneOf('payment', 'receipt', 'area-netting'),
      /** The province, or the area for a netting. */
      agency: Area,
      issuedOn: DayField,
      lines: Type.Array(
        Type.Object(
          {
            counterpart: Area,
            /** Only for a netting: which table the line comes from. */
            table: oneOf(
              'provinces',
              'cross-province-employees',
              'intra-province-employees',
              'intra-province-residents',
              'provincial-collection',
            ),
            amount: Yuan,
            returned: Type.Boolean(),
          },
          strict,
        ),
      ),
      total: Yuan,
    },
    strict,
  ),
  example: {
    noticeNo: 'QF430000202603',
    period: '2026-03',
    kind: 'payment',
    agency: '430000',
    issuedOn: '2026-04-30',
    lines: [{ counterpart: '110000', table: 'provinces', amount: '150.00', returned: false }],
    total: '150.00',
  },
});
