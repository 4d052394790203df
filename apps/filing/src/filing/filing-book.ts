import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { filingChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { nextPersonVersion } from '../person/person.repository.js';
import { filingPayload } from './filing.js';
import type { Filing, FilingEvent } from './filing.js';
import { saveFiling } from './filing.repository.js';
import { filingEventNames, filingStatusNames, filingTransitions } from './filing.transitions.js';

export interface Happening {
  readonly event: FilingEvent;
  readonly on: Day;
  readonly actor: string;
  readonly reason?: string;
}

/** Keeps filings and tells the others, in the same transaction and in order per person. The person must be locked. */
@Injectable()
export class FilingBook {
  constructor(private readonly outbox: Outbox) {}

  /** A filing that is new. */
  enter(tx: Transaction, filing: Filing, by: { on: Day; actor: string }): Promise<Filing> {
    return this.record(tx, filing, { event: 'apply', before: null, ...by });
  }

  /** Something happens to a filing: the transition table says to which status that leads, or that it may not. */
  async change(
    tx: Transaction,
    filing: Filing,
    { event, on, actor, reason }: Happening,
    changes: Partial<Filing> = {},
  ): Promise<Outcome<Filing>> {
    const status = filingTransitions.next(filing.status, event);
    if (status === undefined) {
      return refuse('WRONG_STATE', {
        what: '备案',
        state: filingStatusNames[filing.status],
        action: filingEventNames[event],
      });
    }
    const changed: Filing = { ...filing, ...changes, status, reason: reason ?? null };
    return this.record(tx, changed, { event, before: filing.status, on, actor });
  }

  private async record(tx: Transaction, filing: Filing, change: Parameters<typeof saveFiling>[2]): Promise<Filing> {
    const version = await nextPersonVersion(tx, filing.personNo);
    const kept: Filing = { ...filing, version };
    await saveFiling(tx, kept, change);
    await this.outbox.publish(tx, filingChanged, {
      aggregateId: filing.personNo,
      aggregateVersion: version,
      payload: filingPayload(kept),
    });
    return kept;
  }
}
