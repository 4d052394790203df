import { dayOfMonth, firstDay, lastDay, nextMonth } from '#shared/clock';
import type { Day, Month } from '#shared/clock';
import type { DatedValues } from '#shared/rules';

export interface ClearingDays {
  readonly uploadBy: Day;
  readonly tablesOn: Day;
  readonly confirmBy: Day;
  readonly noticesBy: Day;
}

/** The dated values of rules/clearing/calendar.yaml, and what they mean for a period. */
export class ClearingCalendar {
  constructor(private readonly values: DatedValues) {}

  /** 清算日历 (H62 N46 N47): the 20th, 21st, 25th and the last day of the month after the costs. */
  daysOf(period: Month): ClearingDays {
    const month = nextMonth(period);
    const on = firstDay(month);
    const day = (name: string): Day => dayOfMonth(month, this.values.numberOn(name, on));
    return {
      uploadBy: day('uploadDay'),
      tablesOn: day('tablesDay'),
      confirmBy: day('confirmDay'),
      noticesBy: lastDay(month),
    };
  }

  isTablesDay(day: Day): boolean {
    return Number(day.slice(8)) === this.values.numberOn('tablesDay', day);
  }

  /** 晚到费用 (N50): the earliest day of costs that may still go into a period. */
  earliestCosts(period: Month): Day {
    const clearedIn = nextMonth(period);
    const on = firstDay(clearedIn);
    const byMonths = firstDay(nextMonth(period, -this.values.numberOn('lateMonths', on)));
    const yearStart = `${clearedIn.slice(0, 4)}-01-01`;
    const yearEndPassed = Number(clearedIn.slice(5)) > this.values.numberOn('yearEndMonth', on);
    return yearEndPassed && byMonths < yearStart ? yearStart : byMonths;
  }
}
