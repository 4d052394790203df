import { table } from '#shared/transitions';
import type { MatterEvent, MatterState } from './matter.js';

/** 事项的生命周期 (N59): a disputed answer is answered again; silence confirms; a cause that is gone closes the matter. */
export const matterTransitions = table<MatterState, MatterEvent>([
  { from: 'open', on: 'answer', to: 'answered', article: 'N59' },
  { from: 'disputed', on: 'answer', to: 'answered', article: 'N59' },
  { from: 'answered', on: 'agree', to: 'confirmed', article: 'N59' },
  { from: 'answered', on: 'lapse', to: 'confirmed', article: 'N59' },
  { from: 'answered', on: 'dispute', to: 'disputed', article: 'N59' },
  { from: 'open', on: 'close', to: 'closed', article: 'N38' },
  { from: 'answered', on: 'close', to: 'closed', article: 'N38' },
  { from: 'disputed', on: 'close', to: 'closed', article: 'N38' },
]);

export const matterStateNames: Record<MatterState, string> = {
  open: '待办理',
  answered: '待确认',
  confirmed: '已确认',
  disputed: '有异议',
  closed: '已关闭',
};
