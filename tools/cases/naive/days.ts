/** Days since 1970 of a yyyy-mm-dd. */
export function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return Date.UTC(year, month - 1, date) / 86_400_000;
}

export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** A benefit year is named by the calendar year in which it begins. */
export function benefitYearOf(day: string, begins: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= begins ? year : year - 1;
}

export const monthOf = (day: string): string => day.slice(0, 7);
