import { describe, expect, it } from '@jest/globals';
import { catalogue, isRefusal } from '#shared/errors';
import type { Visit, VisitEvent, VisitState } from './visit.js';
import { nextState, ofSetting } from './visit-access.js';
import { visitEventNames, visitRefusals, visitStateNames, visitTransitions } from './visit.transitions.js';

const states = Object.keys(visitStateNames) as VisitState[];
const events = Object.keys(visitEventNames) as VisitEvent[];
const legal: Readonly<Record<VisitState, Partial<Record<VisitEvent, VisitState>>>> = {
  registered: {
    describe: 'registered',
    charge: 'registered',
    'cancel-charges': 'registered',
    try: 'registered',
    settle: 'registered',
    refund: 'registered',
    cancel: 'cancelled',
  },
  admitted: {
    describe: 'admitted',
    charge: 'admitted',
    'cancel-charges': 'admitted',
    try: 'admitted',
    discharge: 'discharged',
    cancel: 'cancelled',
  },
  discharged: {
    charge: 'discharged',
    'cancel-charges': 'discharged',
    try: 'discharged',
    'undo-discharge': 'admitted',
    settle: 'settled',
  },
  settled: { refund: 'discharged' },
  cancelled: {},
};

describe('the life of a visit', () => {
  describe.each(states)('from %s', (status) => {
    it.each(events)('[N34 N31 N42] %s leads where the list says, or is refused with its own error', (event) => {
      const wanted = legal[status][event];
      expect(visitTransitions.next(status, event)).toBe(wanted);
      expect(visitRefusals[status][event] === undefined).toBe(wanted !== undefined);
      const outcome = nextState({ status, visitId: 'V1', settledBy: 'S1' } as Visit, event);
      if (wanted !== undefined) expect(outcome).toBe(wanted);
      else if (isRefusal(outcome)) {
        expect(outcome.code).toBe(visitRefusals[status][event]);
        expect(outcome.args).toEqual({ action: visitEventNames[event], visitId: 'V1', settlementId: 'S1' });
      } else throw new Error(`${status} ${event} must be refused`);
    });
  });

  it('[N34] each step is undone by the one that the interface has for it: 2305, then 2405, then 2404', () => {
    const path: [VisitEvent, VisitState][] = [
      ['refund', 'discharged'],
      ['undo-discharge', 'admitted'],
      ['cancel', 'cancelled'],
    ];
    let state: VisitState = 'settled';
    for (const [event, next] of path) {
      expect(visitTransitions.next(state, event)).toBe(next);
      state = next;
    }
  });

  it('[H83] what stands in the way names the transaction that comes first', () => {
    expect(catalogue.VISIT_SETTLED.next).toContain('2305');
    expect(catalogue.VISIT_DISCHARGED.next).toContain('2405');
    expect(catalogue.VISIT_NOT_DISCHARGED.next).toContain('2402');
  });

  it('[N34] numbers of outpatients are for outpatients', () => {
    const visit = { setting: 'outpatient', visitId: 'V1' } as Visit;
    expect(ofSetting(visit, 'outpatient')).toBe(visit);
    expect(ofSetting(visit, 'inpatient')).toMatchObject({ code: 'WRONG_SETTING' });
  });
});
