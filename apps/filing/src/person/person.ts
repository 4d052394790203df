import type { PayloadOf } from '#shared/contracts';
import type { insuredPersonChanged } from '#shared/contracts';
import type { Day } from '#shared/clock';

/** 参保人员 as every service may know it: without the identity number itself. */
export type InsuredPerson = PayloadOf<typeof insuredPersonChanged>;
export type Insurance = InsuredPerson['insurances'][number];

/** Whether the person is insured on a day, in any scheme (N7). */
export const isInsuredOn = (insurances: readonly Insurance[], day: Day): boolean =>
  insurances.some(({ status, from, to }) => status === 'active' && from <= day && (to === null || day <= to));
