import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, nullable, oneOf, strict, Text } from './fields.js';

/** 门诊慢特病认定资格变更: a chronic-disease qualification after the change. */
export const qualificationChanged = defineEvent({
  topic: 'qualification-changed',
  version: 1,
  schema: Type.Object(
    {
      qualificationNo: Id,
      personNo: Id,
      homeArea: Area,
      diseaseCode: Type.String({ maxLength: 30 }),
      diseaseName: Text,
      status: oneOf('effective', 'ended'),
      from: DayField,
      to: nullable(DayField),
    },
    strict,
  ),
  example: {
    qualificationNo: 'MT4301002026030001',
    personNo: '43010000000000000000000001',
    homeArea: '430100',
    diseaseCode: 'M03900',
    diseaseName: '高血压',
    status: 'effective',
    from: '2026-01-01',
    to: null,
  },
});
