/**
 * 两端交换: one thing that the treatment side has asked another deployment, and how far both know of it. Settlements are asked
 * before they are committed; refunds are committed and then told until they are acknowledged.
 */
export type ExchangeState =
  /** Asked; no answer yet. */
  | 'asked'
  /** The home side has granted and booked; nothing is settled here yet. */
  | 'granted'
  | 'refused'
  /** Settled here; the home side has not heard of it yet. */
  | 'committed'
  | 'confirmed'
  /** Perhaps granted there, surely not settled here: to be reversed. */
  | 'doubtful'
  | 'reversed'
  /** Refunded here; to be told. */
  | 'owed'
  | 'acknowledged';

export type ExchangeEvent = 'grant' | 'refuse' | 'commit' | 'confirm' | 'doubt' | 'reverse' | 'acknowledge';

export interface Exchange {
  /** The settlement or refund that it is about. */
  readonly exchangeId: string;
  readonly counterpart: string;
  readonly state: ExchangeState;
  readonly visitId: string;
  readonly personNo: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly institutionCode: string;
  /** What was asked, in the form of the wire, as text. */
  readonly request: string;
}
