import { table } from '#shared/transitions';
import type { ExchangeEvent, ExchangeState } from './exchange.js';

/** 两端交换的生命周期: every way ends where both sides know the same. */
export const exchangeTransitions = table<ExchangeState, ExchangeEvent>([
  { from: 'asked', on: 'grant', to: 'granted', article: 'N44' },
  { from: 'asked', on: 'refuse', to: 'refused', article: 'N44' },
  { from: 'asked', on: 'doubt', to: 'doubtful', article: 'N44' },
  { from: 'granted', on: 'commit', to: 'committed', article: 'N44' },
  { from: 'granted', on: 'doubt', to: 'doubtful', article: 'N44' },
  { from: 'committed', on: 'confirm', to: 'confirmed', article: 'N44' },
  { from: 'doubtful', on: 'reverse', to: 'reversed', article: 'N44' },
  { from: 'owed', on: 'acknowledge', to: 'acknowledged', article: 'N42' },
]);

/** What still has to be told to the other side, with which call, and what its answer brings about. */
export const deliveries = {
  doubtful: { call: 'reversals', then: 'reverse' },
  committed: { call: 'confirmations', then: 'confirm' },
  owed: { call: 'refunds', then: 'acknowledge' },
} as const;

export type Undelivered = keyof typeof deliveries;
