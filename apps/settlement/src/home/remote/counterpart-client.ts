import { Injectable } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, handleAll, isBrokenCircuitError, retry, wrap } from 'cockatiel';
import type { IPolicy } from 'cockatiel';
import { Clock } from '#shared/clock';
import type { Counterpart } from '#shared/service';
import { Counterparts } from './counterparts.js';
import { openLetter, sealLetter } from './letter.js';

/** `unsent`: surely nothing reached the counterpart. `doubtful`: it may have done it, or not. */
export type Delivery =
  { readonly kind: 'answered'; readonly answer: unknown } | { readonly kind: 'unsent' | 'doubtful' };

const failuresUntilOpen = 5;

/** 对端通信: one signed letter, one signed answer, with deadline, one retry and a circuit per counterpart. */
@Injectable()
export class CounterpartClient {
  private readonly policies = new Map<string, IPolicy>();

  constructor(
    private readonly counterparts: Counterparts,
    private readonly clock: Clock,
  ) {}

  /** Never throws. The same letter may arrive twice; every call of the contract can be done again. */
  async send(counterpart: Counterpart, call: string, body: unknown): Promise<Delivery> {
    try {
      const answer = await this.policyOf(counterpart).execute(() => this.post(counterpart, call, body));
      return { kind: 'answered', answer };
    } catch (error) {
      return { kind: isBrokenCircuitError(error) ? 'unsent' : 'doubtful' };
    }
  }

  private async post(counterpart: Counterpart, call: string, body: unknown): Promise<unknown> {
    const { self } = this.counterparts;
    const letter = await sealLetter(
      { from: self, to: counterpart.name, call, body },
      counterpart.key,
      this.clock.now(),
    );
    const response = await fetch(`${counterpart.url}/home-side/v1/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ letter }),
      signal: AbortSignal.timeout(counterpart.deadlineMs),
    });
    if (!response.ok) throw new Error(`${counterpart.name} answered ${response.status}`);
    const answered = (await response.json()) as { letter?: unknown };
    const expected = { from: counterpart.name, to: self, call };
    return openLetter(String(answered.letter), expected, counterpart.key, this.clock.now());
  }

  /** The circuit counts calls, not tries: what the retry repairs is no failure. */
  private policyOf({ name, pauseMs }: Counterpart): IPolicy {
    const known = this.policies.get(name);
    if (known !== undefined) return known;
    const made = wrap(
      circuitBreaker(handleAll, { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(failuresUntilOpen) }),
      retry(handleAll, { maxAttempts: 1 }),
    );
    this.policies.set(name, made);
    return made;
  }
}
