import type { Day } from '#shared/clock';

/** 资格有效期 (N13 H16): from the first to the last day, both included; one without a last day goes on. */
export const isQualifiedOn = (
  { status, from, to }: { readonly status: string; readonly from: Day | null; readonly to: Day | null },
  day: Day,
): boolean => status === 'effective' && from !== null && from <= day && (to === null || day <= to);

/** Whether a term can be: it does not end before it begins. What has ended, ended today at the latest. */
export const isPossibleTerm = (from: Day | null, to: Day | null, endedBy?: Day): boolean =>
  (from === null || to === null || from <= to) && (endedBy === undefined || (to !== null && to <= endedBy));
