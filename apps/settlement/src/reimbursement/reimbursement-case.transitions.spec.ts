import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#shared/errors';
import { nextCaseState } from './case-access.js';
import type { CaseEvent, CaseState } from './reimbursement-case.js';
import {
  caseEventNames,
  caseRefusals,
  caseStateNames,
  caseTransitions,
  liveStates,
} from './reimbursement-case.transitions.js';

const states = Object.keys(caseStateNames) as CaseState[];
const events = Object.keys(caseEventNames) as CaseEvent[];
const legal: Readonly<Record<CaseState, Partial<Record<CaseEvent, CaseState>>>> = {
  kept: { compute: 'computed', withdraw: 'withdrawn', refuse: 'refused' },
  computed: { compute: 'computed', approve: 'approved', withdraw: 'withdrawn', refuse: 'refused' },
  approved: { pay: 'paid', cancel: 'cancelled', close: 'closed' },
  paid: { close: 'closed' },
  closed: {},
  withdrawn: {},
  refused: {},
  cancelled: {},
};

describe('the life of a reimbursement case', () => {
  describe.each(states)('from %s', (state) => {
    it.each(events)('[N44 N61] %s leads where the list says, or is refused with its own error', (event) => {
      const wanted = legal[state][event];
      expect(caseTransitions.next(state, event)).toBe(wanted);
      expect(caseRefusals[state][event] === undefined).toBe(wanted !== undefined);
      const outcome = nextCaseState({ state, caseNo: 'B1' }, event);
      if (wanted !== undefined) expect(outcome).toBe(wanted);
      else if (isRefusal(outcome)) {
        expect(outcome.code).toBe(caseRefusals[state][event]);
        expect(outcome.args).toEqual({ caseNo: 'B1', action: caseEventNames[event] });
      } else throw new Error(`${state} ${event} must be refused`);
    });
  });

  it('[N44 N61] what came to nothing is not live, so that its bill can become another case', () => {
    expect(states.filter((state) => !liveStates.includes(state))).toEqual(['withdrawn', 'refused', 'cancelled']);
  });
});
