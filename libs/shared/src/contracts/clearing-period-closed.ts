import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, MonthField, strict, Yuan } from './fields.js';

/** 清算期关闭: the signed result of one month between provinces; usage of the prepayments is measured on it (N23). */
export const clearingPeriodClosed = defineEvent({
  topic: 'clearing-period-closed',
  version: 1,
  schema: Type.Object(
    {
      period: MonthField,
      signedOn: DayField,
      pairs: Type.Array(
        Type.Object(
          {
            /** 付款省, the insured side. */
            payer: Area,
            /** 收款省, the treatment side. */
            payee: Area,
            employees: Yuan,
            residents: Yuan,
            deducted: Yuan,
            payable: Yuan,
            /** 返还 (N51): what the treatment side owes back because deductions or refunds exceed the charges. */
            returned: Yuan,
          },
          strict,
        ),
      ),
      total: Yuan,
    },
    strict,
  ),
  example: {
    period: '2026-03',
    signedOn: '2026-04-30',
    pairs: [
      {
        payer: '430000',
        payee: '110000',
        employees: '150.00',
        residents: '0.00',
        deducted: '0.00',
        payable: '150.00',
        returned: '0.00',
      },
    ],
    total: '150.00',
  },
});
