import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, FundAmount, Id, nullable, oneOf, Scheme, strict, Yuan } from './fields.js';

/** 待遇路径: on what ground the person is treated away from home; it decides the ratio (H20). */
export const routes = ['long-term', 'referral', 'emergency', 'other', 'none'] as const;

/** 结算完成: one charge, or one refund with every amount negated. Key is the visit, so a refund follows its charge. */
export const settlementCompleted = defineEvent({
  topic: 'settlement-completed',
  version: 1,
  schema: Type.Object(
    {
      settlementId: Id,
      kind: oneOf('charge', 'refund'),
      refundOf: nullable(Id),
      visitId: Id,
      personNo: Id,
      scheme: Scheme,
      setting: oneOf('inpatient', 'outpatient'),
      route: oneOf(...routes),
      homeArea: Area,
      treatmentArea: Area,
      institutionCode: Id,
      settledOn: DayField,
      total: Yuan,
      ownExpense: Yuan,
      overLimit: Yuan,
      firstPay: Yuan,
      inScope: Yuan,
      deductible: Yuan,
      /** Funds only; the personal account is stored apart. */
      funds: Type.Array(FundAmount),
      personalAccount: Yuan,
      cash: Yuan,
      hospital: Yuan,
    },
    strict,
  ),
  example: {
    settlementId: 'S20260305000001',
    kind: 'charge',
    refundOf: null,
    visitId: 'V20260305000001',
    personNo: '43010000000000000000000001',
    scheme: '310',
    setting: 'outpatient',
    route: 'long-term',
    homeArea: '430100',
    treatmentArea: '110000',
    institutionCode: 'H11000000001',
    settledOn: '2026-03-05',
    total: '424.29',
    ownExpense: '0.00',
    overLimit: '0.00',
    firstPay: '23.18',
    inScope: '401.11',
    deductible: '100.00',
    funds: [{ fundType: '310100', amount: '180.67' }],
    personalAccount: '243.62',
    cash: '0.00',
    hospital: '0.00',
  },
});
