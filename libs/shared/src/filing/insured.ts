import type { Day } from '../clock/index.js';
import type { insuredPersonChanged, PayloadOf } from '../contracts/index.js';

type Person = PayloadOf<typeof insuredPersonChanged>;
export type Insurance = Person['insurances'][number];

const contains = ({ from, to }: Insurance, day: Day): boolean => from <= day && (to === null || day <= to);

/** The insurances that are active on a day; two schemes may be, and one scheme in two places. */
export const activeOn = (insurances: readonly Insurance[], day: Day): Insurance[] =>
  insurances.filter((one) => one.status === 'active' && contains(one, day));

/** Whether the person is insured on a day, in any scheme (N7). */
export const isInsuredOn = (insurances: readonly Insurance[], day: Day): boolean =>
  activeOn(insurances, day).length > 0;

/**
 * 参保身份归属: which of the numbers of one person counts on a day. Merged numbers do not; one that is insured stands before one
 * that is not, and where a person is insured in two places, the place where the insurance began last (he moved there).
 */
export function currentPerson<P extends Pick<Person, 'personNo' | 'insurances' | 'mergedInto'>>(
  numbers: readonly P[],
  day: Day,
): P | undefined {
  const since = ({ insurances }: P): Day =>
    activeOn(insurances, day)
      .map(({ from }) => from)
      .sort()
      .at(-1) ?? '';
  return numbers
    .filter(({ mergedInto }) => mergedInto === undefined || mergedInto === null)
    .sort((a, b) => compare(since(b), since(a)) || compare(b.personNo, a.personNo))[0];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
