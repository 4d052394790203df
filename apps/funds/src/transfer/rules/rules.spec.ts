import { describe, expect, it } from '@jest/globals';
import { DatedValues } from '#shared/rules';
import { unreachableStates } from '#shared/transitions';
import type { TransferEvent, TransferState } from '../transfer.js';
import { transferTransitions } from '../transfer.transitions.js';
import { areasPayBy, transferDeadlines } from './transfer-deadlines.js';

const rules = DatedValues.load('funds/prepayment.yaml');

describe('transfers', () => {
  it('[N48] over Labour Day 2026 the chain ends on 11 May, 25 May and 1 June', () => {
    expect(transferDeadlines('2026-04-30', rules)).toEqual({
      toFinanceBy: '2026-05-11',
      transferBy: '2026-05-25',
      reportBy: '2026-06-01',
    });
  });

  it.each([
    ['2026-04-30', '2026-05-25'],
    ['2024-01-31', '2024-02-25'],
    ['2025-04-30', '2025-05-25'],
    ['2025-03-31', '2025-04-22'],
  ])(
    '[H66] areas that owe on the notice of %s pay by %s: 15 working days or the 25th, what comes first',
    (notice, due) => {
      expect(areasPayBy(notice, rules)).toBe(due);
    },
  );

  it('[N26] only the way due → submitted → paid → approved → confirmed exists, and a payment that the second person returns', () => {
    const states: TransferState[] = ['due', 'submitted', 'paid', 'approved', 'confirmed'];
    const events: TransferEvent[] = ['submit', 'pay', 'approve', 'return', 'confirm'];
    const legal = states.flatMap((state) =>
      events.filter((event) => transferTransitions.allows(state, event)).map((event) => `${state}:${event}`),
    );
    expect(legal).toEqual(['due:submit', 'submitted:pay', 'paid:approve', 'paid:return', 'approved:confirm']);
    expect(unreachableStates(transferTransitions, ['due'])).toEqual([]);
  });
});
