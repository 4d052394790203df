import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { addDays, weekday, yearOf } from '../clock/index.js';
import type { Day, Month } from '../clock/index.js';
import { rulesDirectory } from '../rules/rules-directory.js';

interface NoticeYear {
  off: readonly string[];
  worked: readonly string[];
}

/** The table of 法定工作日: what the yearly notices of the State Council changed about plain weeks. */
export class WorkingDays {
  private readonly off = new Set<Day>();
  private readonly worked = new Set<Day>();
  private readonly announced = new Set<number>();

  constructor(years: Record<string, NoticeYear>) {
    for (const [year, notice] of Object.entries(years)) {
      this.announced.add(Number(year));
      notice.off.forEach((date) => this.off.add(`${year}-${date}`));
      notice.worked.forEach((date) => this.worked.add(`${year}-${date}`));
    }
  }

  /** A year without an official notice counts as plain weeks, and whoever shows such a date must say so. */
  isProvisional(day: Day): boolean {
    return !this.announced.has(yearOf(day));
  }

  isWorkingDay(day: Day): boolean {
    if (this.worked.has(day)) return true;
    if (this.off.has(day)) return false;
    const date = weekday(day);
    return date !== 0 && date !== 6;
  }

  /** The n-th working day after a day; the day of the event itself is not counted. */
  add(from: Day, count: number): Day {
    let current = from;
    for (let left = count; left > 0;) {
      current = addDays(current, 1);
      if (this.isWorkingDay(current)) left -= 1;
    }
    return current;
  }

  /** The n-th working day of a month. */
  nth(month: Month, count: number): Day {
    return this.add(addDays(`${month}-01`, -1), count);
  }
}

let table: WorkingDays | undefined;

/** The calendar of rules/calendar.yaml, read once. */
export function workingDays(): WorkingDays {
  if (table === undefined) {
    const file: unknown = parse(readFileSync(join(rulesDirectory(), 'calendar.yaml'), 'utf8'));
    table = new WorkingDays((file as { years: Record<string, NoticeYear> }).years);
  }
  return table;
}

export const isWorkingDay = (day: Day): boolean => workingDays().isWorkingDay(day);
export const addWorkingDays = (from: Day, count: number): Day => workingDays().add(from, count);
export const nthWorkingDay = (month: Month, count: number): Day => workingDays().nth(month, count);
export const isProvisional = (day: Day): boolean => workingDays().isProvisional(day);
