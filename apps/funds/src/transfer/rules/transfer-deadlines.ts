import { addWorkingDays } from '#shared/calendar';
import { dayOfMonth, monthOf, nextMonth } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { DatedValues } from '#shared/rules';

export interface TransferDeadlines {
  readonly toFinanceBy: Day;
  readonly transferBy: Day;
  readonly reportBy: Day;
}

/** 提交财政、划拨、反馈 (N48 H63): 5, then 10, then 5 working days, each counted from the end of the one before. */
export function transferDeadlines(noticeOn: Day, rules: DatedValues): TransferDeadlines {
  const toFinanceBy = addWorkingDays(noticeOn, rules.numberOn('submitWorkingDays', noticeOn));
  const transferBy = addWorkingDays(toFinanceBy, rules.numberOn('transferWorkingDays', noticeOn));
  return {
    toFinanceBy,
    transferBy,
    reportBy: addWorkingDays(transferBy, rules.numberOn('reportWorkingDays', noticeOn)),
  };
}

/** 统筹区上解 (H66): 15 working days from the notice, and not later than the 25th of the month after it. */
export function areasPayBy(noticeOn: Day, rules: DatedValues): Day {
  const chain = addWorkingDays(noticeOn, rules.numberOn('areasPayWorkingDays', noticeOn));
  const latest = dayOfMonth(nextMonth(monthOf(noticeOn)), rules.numberOn('areasPayLatestDayOfNextMonth', noticeOn));
  return chain < latest ? chain : latest;
}
