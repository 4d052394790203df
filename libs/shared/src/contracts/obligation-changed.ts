import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { DayField, Id, nullable, oneOf, strict, Text } from './fields.js';

/** 办理义务变更: who owes what to whom, until when, and whether it was done. */
export const obligationChanged = defineEvent({
  topic: 'obligation-changed',
  version: 1,
  schema: Type.Object(
    {
      obligationId: Id,
      service: oneOf('filing', 'settlement', 'clearing', 'funds', 'collaboration'),
      kind: Id,
      /** An agency by its area code, or an institution by its code. */
      owner: Id,
      ownerArea: Id,
      beneficiary: nullable(Id),
      subject: Text,
      article: Text,
      openedOn: DayField,
      dueOn: DayField,
      metOn: nullable(DayField),
      /** A fixed date; otherwise the due day is only a warning. */
      hard: Type.Boolean(),
      state: oneOf('open', 'met', 'overdue', 'withdrawn'),
    },
    strict,
  ),
  example: {
    obligationId: 'O000001',
    service: 'settlement',
    kind: 'declare',
    owner: 'H11000000001',
    ownerArea: '110000',
    beneficiary: '110000',
    subject: '2026-03',
    article: 'H48',
    openedOn: '2026-04-01',
    dueOn: '2026-04-08',
    metOn: null,
    hard: true,
    state: 'open',
  },
});
