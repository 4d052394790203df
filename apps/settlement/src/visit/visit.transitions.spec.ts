import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#shared/errors';
import type { Visit, VisitEvent, VisitState } from './visit.js';
import { nextState } from './visit-access.js';
import {
  refundEvent,
  settleEvent,
  visitEventNames,
  visitHints,
  visitStateNames,
  visitTransitions,
} from './visit.transitions.js';

const states = Object.keys(visitStateNames) as VisitState[];
const events = Object.keys(visitEventNames) as VisitEvent[];
const legal: Readonly<Record<VisitState, Partial<Record<VisitEvent, VisitState>>>> = {
  open: {
    charge: 'open',
    'cancel-charges': 'open',
    discharge: 'discharged',
    'settle-outpatient': 'open',
    'refund-outpatient': 'open',
    cancel: 'cancelled',
  },
  discharged: {
    charge: 'discharged',
    'cancel-charges': 'discharged',
    'undo-discharge': 'open',
    'settle-inpatient': 'settled',
  },
  settled: { 'refund-inpatient': 'discharged' },
  cancelled: {},
};

describe('the life of a visit', () => {
  describe.each(states)('from %s', (status) => {
    it.each(events)('[N34 N31] %s leads where the list says, or is refused with what comes first', (event) => {
      const wanted = legal[status][event];
      expect(visitTransitions.next(status, event)).toBe(wanted);
      const outcome = nextState({ status } as Visit, event);
      if (wanted !== undefined) expect(outcome).toBe(wanted);
      else if (isRefusal(outcome))
        expect(outcome).toMatchObject({
          code: 'VISIT_NOT_READY',
          args: { state: visitStateNames[status], action: visitEventNames[event], hint: visitHints[status] },
        });
      else throw new Error(`${status} ${event} must be refused`);
    });
  });

  it('[N34] stays and registrations are settled and refunded in their own way', () => {
    expect([settleEvent('inpatient'), settleEvent('outpatient')]).toEqual(['settle-inpatient', 'settle-outpatient']);
    expect([refundEvent('inpatient'), refundEvent('outpatient')]).toEqual(['refund-inpatient', 'refund-outpatient']);
  });
});
