import type { Day } from '#shared/clock';

/** 资格有效期 as it is granted: it does not end before it begins. */
export const isGrantable = (from: Day, to: Day | null): boolean => to === null || from <= to;

/** 终止日: today at the latest; before the first day it means that the qualification never was good. */
export const isEndable = (to: Day, today: Day): boolean => to <= today;
