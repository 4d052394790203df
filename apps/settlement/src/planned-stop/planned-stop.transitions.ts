import { table } from '#shared/transitions';
import type { StopEvent, StopState } from './planned-stop.js';

/**
 * 停机切换的生命周期 (P5.2 H83): announced, nothing new is taken, stopped when nothing runs any more, open again when
 * everything is as it was. Who finds a difference opens by a reason of his own.
 */
export const stopTransitions = table<StopState, StopEvent>([
  { from: 'announced', on: 'drain', to: 'draining', article: 'P5.2' },
  { from: 'announced', on: 'cancel', to: 'cancelled', article: 'P5.2' },
  { from: 'draining', on: 'stop', to: 'stopped', article: 'P5.2' },
  { from: 'draining', on: 'cancel', to: 'cancelled', article: 'P5.2' },
  { from: 'stopped', on: 'stop', to: 'stopped', article: 'P5.2' },
  { from: 'stopped', on: 'wait', to: 'draining', article: 'P5.2' },
  { from: 'stopped', on: 'verify', to: 'verified', article: 'H83' },
  { from: 'stopped', on: 'reopen', to: 'reopened', article: 'H83' },
]);
