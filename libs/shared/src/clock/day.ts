/** 日: a calendar day in Asia/Shanghai, written `2026-03-01`. */
export type Day = string;
/** 月: a calendar month, written `2026-03`. */
export type Month = string;

const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;
/** Days that people and papers can have; a database knows no year 0, and a year 10000 has five places. */
const dayPattern = /^(?:1[89]|2\d)\d{2}-\d{2}-\d{2}$/;

const asUtc = (value: Day): number => Date.parse(`${value}T00:00:00Z`);
const fromUtc = (milliseconds: number): Day => new Date(milliseconds).toISOString().slice(0, 10);

/** Whether the text is a day that exists (2026-02-29 does not). */
export function isDay(text: string): boolean {
  return dayPattern.test(text) && !Number.isNaN(asUtc(text)) && fromUtc(asUtc(text)) === text;
}

export function day(text: string): Day {
  if (!isDay(text)) throw new Error(`not a day: ${text.slice(0, 20)}`);
  return text;
}

/** The day in Shanghai on which an instant falls. China has had no daylight saving since 1991. */
export const dayOf = (instant: Date): Day => fromUtc(instant.getTime() + shanghaiOffsetMs);

/** The instant of a wall-clock time in Shanghai, `HH:mm` or `HH:mm:ss`. */
export const atShanghai = (value: Day, time: string): Date =>
  new Date(`${day(value)}T${time.length === 5 ? `${time}:00` : time}+08:00`);

/** `yyyy-MM-dd HH:mm:ss` in Shanghai, the date-time form of the national interface. */
export const shanghaiDateTime = (instant: Date): string =>
  new Date(instant.getTime() + shanghaiOffsetMs).toISOString().slice(0, 19).replace('T', ' ');

export const addDays = (value: Day, count: number): Day => fromUtc(asUtc(value) + count * dayMs);

/** The same day of a later month; a day that the month does not have becomes its last day (31 August + 6 = 28 February). */
export function addMonths(value: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = value.split('-').map(Number);
  const first = Date.UTC(year, month - 1 + count, 1);
  const length = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return fromUtc(first + (Math.min(date, length) - 1) * dayMs);
}

export const daysBetween = (from: Day, to: Day): number => Math.round((asUtc(to) - asUtc(from)) / dayMs);

export const monthOf = (value: Day): Month => value.slice(0, 7);
export const yearOf = (value: Day): number => Number(value.slice(0, 4));
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day => addDays(addMonths(`${month}-01`, 1), -1);
export const nextMonth = (month: Month, count = 1): Month => monthOf(addMonths(`${month}-01`, count));
export const dayOfMonth = (month: Month, date: number): Day => day(`${month}-${String(date).padStart(2, '0')}`);
/** 0 is Sunday, 6 is Saturday. */
export const weekday = (value: Day): number => new Date(asUtc(value)).getUTCDay();
