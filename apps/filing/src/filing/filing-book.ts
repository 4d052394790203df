import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { filingChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { nextPersonVersion } from '../person/person.repository.js';
import { filingPayload } from './filing.js';
import type { Filing, FilingEvent, FilingStatus } from './filing.js';
import { saveFiling } from './filing.repository.js';

/** Keeps a filing and tells the others, in the same transaction and in order per person. */
@Injectable()
export class FilingBook {
  constructor(private readonly outbox: Outbox) {}

  async record(
    tx: Transaction,
    filing: Filing,
    change: { event: FilingEvent | 'apply'; before: FilingStatus | null; on: Day; actor: string },
  ): Promise<void> {
    await saveFiling(tx, filing, change);
    const aggregateVersion = await nextPersonVersion(tx, filing.personNo);
    await this.outbox.publish(tx, filingChanged, {
      aggregateId: filing.personNo,
      aggregateVersion,
      payload: filingPayload(filing),
    });
  }
}
