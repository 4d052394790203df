import type { OutgoingEvent } from '#shared/bus';
import type { Day } from '#shared/clock';
import type { PayloadOf, reconciliationMismatched } from '#shared/contracts';

/** What both ends of an exchange know of it, enough for people to look for it. */
export interface OpenExchange {
  readonly exchangeId: string;
  readonly state: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
}

type Difference = PayloadOf<typeof reconciliationMismatched>;

/** What each state means for people: the home side may have what the treatment side has not, or has not what it has. */
const kinds: Record<string, Difference['kind']> = {
  doubtful: 'missing-at-treatment',
  granted: 'missing-at-treatment',
  committed: 'status-differs',
  owed: 'missing-at-home',
};

/** 两端不一致: an exchange that stays open becomes a difference, and a matter, like one of the daily reconciliation (N38). */
export const exchangeDifference = (
  { exchangeId, state, homeArea, treatmentArea, institutionCode }: OpenExchange,
  difference: 'open' | 'resolved',
  today: Day,
): Omit<OutgoingEvent<Difference>, 'contract'> => ({
  aggregateId: `E${exchangeId}`,
  aggregateVersion: difference === 'open' ? 1 : 2,
  payload: {
    differenceId: `E${exchangeId}`,
    day: today,
    kind: kinds[state] ?? 'status-differs',
    settlementId: exchangeId,
    institutionCode,
    treatmentArea,
    homeArea,
    fundAmount: '0.00',
    state: difference,
    foundOn: today,
    resolvedOn: difference === 'open' ? null : today,
  },
});
