import { addWorkingDays } from '#shared/calendar';
import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';
import type { FilingChannel } from '../filing.js';
import { channelKinds } from './channel-field.js';

/** 办结时限 (N9 H10 P3.1): undefined where the filing is decided on the spot, else the last day for deciding. */
export function decisionDue(channel: FilingChannel, appliedOn: Day, rules: ValueSource): Day | undefined {
  if (channelKinds[channel].decidedAtOnce) return undefined;
  return addWorkingDays(appliedOn, rules.numberOn('onlineDecisionWorkingDays', appliedOn));
}
