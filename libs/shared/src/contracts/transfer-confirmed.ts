import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, MonthField, nullable, oneOf, strict, Yuan } from './fields.js';

/** 划拨确认: money that has arrived, with bank, transaction number and date (N22). */
export const transferConfirmed = defineEvent({
  topic: 'transfer-confirmed',
  version: 1,
  schema: Type.Object(
    {
      transferNo: Id,
      purpose: oneOf('prepayment', 'clearing', 'area-collection', 'area-distribution'),
      period: nullable(MonthField),
      payer: Area,
      payee: Area,
      amount: Yuan,
      bankName: Type.String({ minLength: 1, maxLength: 100 }),
      transactionNo: Type.String({ minLength: 1, maxLength: 64 }),
      transactionDate: DayField,
      confirmedOn: DayField,
    },
    strict,
  ),
  example: {
    transferNo: 'T202603430000110000',
    purpose: 'clearing',
    period: '2026-03',
    payer: '430000',
    payee: '110000',
    amount: '150.00',
    bankName: '示例银行长沙分行',
    transactionNo: 'TX0001',
    transactionDate: '2026-05-20',
    confirmedOn: '2026-05-21',
  },
});
