import { addWorkingDays } from '#shared/calendar';
import type { Day } from '#shared/clock';
import type { DatedValues } from '#shared/rules';
import type { MatterType } from '../matter.js';

const names: Record<MatterType, string> = {
  filing: 'filingWorkingDays',
  'system-failure': 'systemFailureWorkingDays',
  other: 'otherWorkingDays',
};

/** 办理时限 (N59): filing two, system failure one, other ten working days. */
export const answerDue = (type: MatterType, openedOn: Day, rules: DatedValues): Day =>
  addWorkingDays(openedOn, rules.numberOn(names[type], openedOn));

/** 默认确认 (N59): after ten working days without a word the answer counts as confirmed. */
export const confirmDue = (answeredOn: Day, rules: DatedValues): Day =>
  addWorkingDays(answeredOn, rules.numberOn('confirmWorkingDays', answeredOn));
