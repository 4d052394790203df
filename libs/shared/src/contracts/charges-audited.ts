import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, FundAmount, Id, MonthField, strict } from './fields.js';

/**
 * 审核终结: the audited settlements of one declaration, with what was deducted from each, fund by fund.
 * A deduction from the personal account carries fund type 310200. A negative one stands on a refund: it gives back what was
 * deducted from the charge that the refund takes back. Long declarations are sent in parts.
 */
export const chargesAudited = defineEvent({
  topic: 'charges-audited',
  version: 1,
  schema: Type.Object(
    {
      declarationId: Id,
      institutionCode: Id,
      treatmentArea: Area,
      costMonth: MonthField,
      auditedOn: DayField,
      part: Type.Integer({ minimum: 1 }),
      parts: Type.Integer({ minimum: 1 }),
      settlements: Type.Array(Type.Object({ settlementId: Id, deductions: Type.Array(FundAmount) }, strict), {
        maxItems: 1000,
      }),
    },
    strict,
  ),
  example: {
    declarationId: 'D20260401000001',
    institutionCode: 'H31000000001',
    treatmentArea: '310000',
    costMonth: '2026-03',
    auditedOn: '2026-04-15',
    part: 1,
    parts: 1,
    settlements: [{ settlementId: 'S20260312000001', deductions: [{ fundType: '390100', amount: '400.00' }] }],
  },
});
