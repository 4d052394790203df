import { describe, expect, it } from '@jest/globals';
import { paymentStateNames, paymentTransitions } from '../payment/payment.js';
import type { PaymentEvent, PaymentState } from '../payment/payment.js';
import { declarationStateNames, declarationTransitions } from './declaration.js';
import type { DeclarationEvent, DeclarationState } from './declaration.js';

describe('the lives of a declaration and of its payment', () => {
  it('[H49] of all pairs just these are legal for a declaration, each with its outcome', () => {
    const events: DeclarationEvent[] = ['pass', 'deduct', 'accept', 'object', 'lapse', 'review'];
    const legal = (Object.keys(declarationStateNames) as DeclarationState[]).flatMap((state) =>
      events.flatMap((event) => {
        const next = declarationTransitions.next(state, event);
        return next === undefined ? [] : [`${state} -${event}-> ${next}`];
      }),
    );
    expect(legal).toEqual([
      'declared -pass-> final',
      'declared -deduct-> preliminary',
      'preliminary -accept-> final',
      'preliminary -object-> objected',
      'preliminary -lapse-> final',
      'objected -object-> objected',
      'objected -review-> final',
    ]);
  });

  it('[H50] a payment is approved once', () => {
    const events: PaymentEvent[] = ['approve'];
    const legal = (Object.keys(paymentStateNames) as PaymentState[]).flatMap((state) =>
      events.map((event) => `${state} ${paymentTransitions.next(state, event) ?? 'no'}`),
    );
    expect(legal).toEqual(['prepared paid', 'paid no']);
  });
});
