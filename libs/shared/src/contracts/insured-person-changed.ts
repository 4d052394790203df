import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, nullable, oneOf, Scheme, strict, Text } from './fields.js';

/** 参保状态: a pause may end, `ended` and `moved` may be followed by a new beginning only. */
export const insuranceStatuses = ['active', 'suspended', 'ended', 'moved'] as const;

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
            /** `moved`: the insurance went on in another area (参保关系转移). */
            status: oneOf(...insuranceStatuses),
            from: DayField,
            to: nullable(DayField),
          },
          strict,
        ),
        { maxItems: 60 },
      ),
      /** 特殊身份 by the code of the home area, for example 低保; missing means none. */
      specialIdentities: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 20 })),
      /** The number that goes on when two numbers of one person were merged; missing or null while this one is alive. */
      mergedInto: Type.Optional(nullable(Id)),
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
