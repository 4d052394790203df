import type { Day } from '#shared/clock';
import type { AgreementChange } from '../../institution/agreement-change.repository.js';
import type { AgreementState } from '../../institution/institution.js';

/**
 * 就医时是否定点 (H20(5)): what the agreement was on the day on which treatment ended, whatever became of it since. An institution
 * that was taken up later than that is believed to have been on the network, because it uploaded the bill.
 */
export function wasDesignated(
  now: AgreementState,
  changes: readonly Pick<AgreementChange, 'from' | 'on'>[],
  treatedUntil: Day,
): boolean {
  const next = changes.find(({ on }) => on > treatedUntil);
  const then = next === undefined ? now : (next.from ?? 'active');
  return then === 'active';
}
