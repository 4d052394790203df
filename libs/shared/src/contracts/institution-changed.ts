import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, oneOf, strict, Text } from './fields.js';

/** 定点医药机构变更: an institution of the network after the change. */
export const institutionChanged = defineEvent({
  topic: 'institution-changed',
  version: 1,
  schema: Type.Object(
    {
      institutionCode: Type.String({ pattern: '^[HP]\\d{11}$' }),
      name: Text,
      level: oneOf('L0', 'L1', 'L2', 'L3', 'L3P'),
      area: Area,
      services: Type.Array(oneOf('inpatient', 'outpatient', 'chronic', 'pharmacy')),
      agreement: oneOf('active', 'suspended', 'ended'),
      effectiveOn: DayField,
    },
    strict,
  ),
  example: {
    institutionCode: 'H11000000001',
    name: '北京示例医院',
    level: 'L3',
    area: '110000',
    services: ['inpatient', 'outpatient'],
    agreement: 'active',
    effectiveOn: '2025-01-01',
  },
});
