import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { insuredPersonChanged, PayloadOf } from '#shared/contracts';
import type { Insurance } from '#shared/filing';

/** 参保人员 as every service may know it: without the identity number itself. */
export type InsuredPerson = Required<PayloadOf<typeof insuredPersonChanged>>;

export type InsuranceStatus = Insurance['status'];

/** Where a person stands with the insurance as a whole: one active scheme is enough. */
export type InsuredStanding = 'insured' | 'paused' | 'gone';

/** 待遇享受状况 on a day (H16), and since when: filings follow it. */
export function standingOn(
  insurances: readonly Insurance[],
  day: Day,
): { readonly standing: InsuredStanding; readonly since: Day } {
  const states = schemesOf(insurances).map((scheme) => stateOf(scheme, day));
  for (const standing of ['insured', 'paused'] as const) {
    const found = states.filter((state) => state.standing === standing).map(({ since }) => since);
    if (found.length > 0) return { standing, since: found.sort()[0] ?? day };
  }
  const ends = states.map(({ since }) => since).sort();
  return { standing: 'gone', since: ends.at(-1) ?? day };
}

function schemesOf(insurances: readonly Insurance[]): Insurance[][] {
  const schemes = [...new Set(insurances.map(({ scheme }) => scheme))];
  return schemes.map((wanted) =>
    insurances.filter(({ scheme }) => scheme === wanted).sort((a, b) => (a.from < b.from ? -1 : 1)),
  );
}

const standings: Record<InsuranceStatus, InsuredStanding> = {
  active: 'insured',
  suspended: 'paused',
  ended: 'gone',
  moved: 'gone',
};

/** The span that a day falls into; a day after a span's end is a day without insurance since the end. */
function stateOf(spans: readonly Insurance[], day: Day): { standing: InsuredStanding; since: Day } {
  const last = spans.filter(({ from }) => from <= day).at(-1);
  if (last === undefined) return { standing: 'gone', since: day };
  if (last.to !== null && last.to < day) return { standing: 'gone', since: addDays(last.to, 1) };
  return { standing: standings[last.status], since: last.from };
}
