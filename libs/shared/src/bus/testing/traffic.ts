import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/index.js';
import type { Outbox } from '../outbox.js';
import { probeCounted } from './probe-events.js';
import type { ProbeState } from './probe-events.js';
import type { Counted } from './topics.js';

const keys = 5;
const everyMs = 40;

/** Business that goes on while servers die: one small transaction after the other, each with an event. */
export class Traffic {
  /** Those whose commit was acknowledged: each must arrive, once. */
  readonly acknowledged: Counted[] = [];
  /** Those that failed: a commit may have got through all the same, so each may arrive, once. */
  readonly unsure: Counted[] = [];
  private going = true;
  private readonly done: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    this.done = this.flow();
  }

  private async flow(): Promise<void> {
    for (let number = 0; this.going; number += 1) {
      const event = { key: `k${number % keys}`, version: Math.floor(number / keys) + 1, amount: number + 1 };
      const { key: aggregateId, version: aggregateVersion, amount } = event;
      try {
        await this.database.transaction((tx) =>
          this.outbox.publish(tx, probeCounted, { aggregateId, aggregateVersion, payload: { amount } }),
        );
        this.acknowledged.push(event);
      } catch {
        this.unsure.push(event);
      }
      await sleep(everyMs);
    }
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  /** What is wrong with a state that this traffic should have brought about; empty when it is right. */
  problemsOf(state: readonly ProbeState[]): string[] {
    const problems: string[] = [];
    const seen = new Map(state.map(({ key, trail }) => [key, trail]));
    for (const { key, version } of this.acknowledged)
      if (seen.get(key)?.includes(version) !== true) problems.push(`${key} v${version} was acknowledged and is lost`);
    const sent = [...this.acknowledged, ...this.unsure];
    for (const { key, total, trail } of state) {
      if (trail.some((version, index) => index > 0 && version <= (trail[index - 1] ?? 0)))
        problems.push(`${key} was counted twice or out of order: ${trail.join(' ')}`);
      const due = sent.filter((event) => event.key === key && trail.includes(event.version));
      if (due.length !== trail.length) problems.push(`${key} has versions that nobody sent`);
      const expected = due.reduce((sum, { amount }) => sum + amount, 0);
      if (total !== expected) problems.push(`${key} has ${total} instead of ${expected}`);
    }
    return problems;
  }
}
