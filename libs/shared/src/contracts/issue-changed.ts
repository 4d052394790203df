import Type from 'typebox';
import { defineEvent } from './define-event.js';
import { Area, DayField, Id, oneOf, strict, Text } from './fields.js';

/** 问题协同变更 (N59): the state of one matter between agencies. */
export const issueChanged = defineEvent({
  topic: 'issue-changed',
  version: 1,
  schema: Type.Object(
    {
      matterNo: Id,
      type: oneOf('filing', 'system-failure', 'other'),
      cause: oneOf('agency', 'warning', 'reconciliation'),
      subject: Text,
      asker: Area,
      responsible: Area,
      state: oneOf('open', 'answered', 'confirmed', 'disputed', 'closed'),
      dueOn: DayField,
    },
    strict,
  ),
  example: {
    matterNo: 'M202603160001',
    type: 'other',
    cause: 'reconciliation',
    subject: '对账差异：机构缺失 1 笔',
    asker: '420000',
    responsible: '420100',
    state: 'open',
    dueOn: '2026-03-30',
  },
});
