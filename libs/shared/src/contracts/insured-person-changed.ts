import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, nullable, oneOf, Scheme, strict, Text } from './fields.js';

/** 参保人员变更: who is insured where, without the identity number itself (only its keyed hash). */
export const insuredPersonChanged = defineEvent({
  topic: 'insured-person-changed',
  version: 1,
  schema: Type.Object(
    {
      personNo: Id,
      name: Text,
      sex: oneOf('1', '2', '9'),
      birthDate: DayField,
      certificateType: Type.String({ pattern: '^\\d{2}$' }),
      /** HMAC of the identity number: finds a person, reveals nothing. */
      identityHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      homeArea: Area,
      insurances: Type.Array(
        Type.Object(
          {
            scheme: Scheme,
            /** 人员类别 of the national code table, for example 1101. */
            personType: Type.String({ pattern: '^\\d{4}$' }),
            category: oneOf('working', 'retired', 'resident'),
            tier: nullable(Type.String({ maxLength: 20 })),
            status: oneOf('active', 'suspended', 'ended'),
            from: DayField,
            to: nullable(DayField),
          },
          strict,
        ),
        { maxItems: 10 },
      ),
    },
    strict,
  ),
  example: {
    personNo: '43010000000000000000000001',
    name: '测试甲',
    sex: '1',
    birthDate: '1980-05-06',
    certificateType: '01',
    identityHash: 'a'.repeat(64),
    homeArea: '430100',
    insurances: [
      {
        scheme: '310',
        personType: '1101',
        category: 'working',
        tier: null,
        status: 'active',
        from: '2010-01-01',
        to: null,
      },
    ],
  },
});
