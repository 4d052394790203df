import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Insurance } from '#shared/filing';
import type { InsuranceStatus } from '../person.js';

export interface StatusChange {
  readonly scheme: Insurance['scheme'];
  readonly status: InsuranceStatus;
  /** The first day of the new status. */
  readonly on: Day;
}

/**
 * 参保状态变更 (H16): puts a change into the history at its own day. It lasts until the change that follows it, so that news may
 * come late, twice, or in any order, and the history is the same. Undefined where the scheme has no insurance to change.
 */
export function withStatusChange(insurances: readonly Insurance[], change: StatusChange): Insurance[] | undefined {
  const spans = insurances.filter(({ scheme }) => scheme === change.scheme).sort((a, b) => (a.from < b.from ? -1 : 1));
  const model = spans.findLast(({ from }) => from <= change.on) ?? spans[0];
  if (model === undefined) return undefined;
  const same = spans.find(({ from }) => from === change.on);
  if (same !== undefined) return insurances.map((one) => (one === same ? { ...one, status: change.status } : one));
  const covering = spans.find(({ from, to }) => from < change.on && (to === null || change.on <= to));
  const next = spans.find(({ from }) => from > change.on);
  const beforeNext = next === undefined ? null : addDays(next.from, -1);
  const added: Insurance = {
    ...model,
    status: change.status,
    from: change.on,
    to: covering === undefined ? beforeNext : covering.to,
  };
  const kept = insurances.map((one) => (one === covering ? { ...one, to: addDays(change.on, -1) } : one));
  return [...kept, added].sort((a, b) => (a.scheme + a.from < b.scheme + b.from ? -1 : 1));
}
