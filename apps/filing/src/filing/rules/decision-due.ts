import { addWorkingDays } from '#shared/calendar';
import type { Day } from '#shared/clock';
import type { DatedValues } from '#shared/rules';
import type { FilingChannel } from '../filing.js';

const atOnce: ReadonlySet<FilingChannel> = new Set(['counter', 'phone', 'one-stop', 'self-service']);

/** 办结时限 (N9 H10 P3.1): undefined where the filing is decided on the spot, else the last day for deciding. */
export function decisionDue(channel: FilingChannel, appliedOn: Day, rules: DatedValues): Day | undefined {
  if (atOnce.has(channel)) return undefined;
  return addWorkingDays(appliedOn, rules.numberOn('onlineDecisionWorkingDays', appliedOn));
}
