import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';

const latestEntryDays = 730;

/** 就诊开始日期 (N34): not after today, and entered within two years, so that a slip of the pen does not become a stay. */
export const isPlausibleAdmission = (admittedOn: Day, today: Day): boolean =>
  admittedOn <= today && admittedOn >= addDays(today, -latestEntryDays);

/** 待遇检查 (2001) may also look ahead, a year at the most. */
export const isPlausibleQuestion = (on: Day, today: Day): boolean =>
  isPlausibleAdmission(on <= today ? on : today, today) && on <= addDays(today, latestEntryDays / 2);
