import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal } from '#shared/errors';
import { standingOn } from '../person/person.js';
import type { InsuredStanding } from '../person/person.js';
import type { StoredPerson } from '../person/person.repository.js';
import { FilingBook } from './filing-book.js';
import { closedBefore, isStanding } from './filing.js';
import type { Filing, FilingEvent } from './filing.js';
import { filingsOf } from './filing.repository.js';
import { RegisterFiling } from './register-filing.js';

/** What an insured status does to filings that are in force, and to those that are suspended. */
const reactions: Record<InsuredStanding, Partial<Record<'effective' | 'suspended', FilingEvent>>> = {
  insured: { suspended: 'resume' },
  paused: { effective: 'suspend' },
  gone: { effective: 'end', suspended: 'end' },
};

/**
 * 随参保状态暂停、恢复、终止备案 (N13 H16): looks at where the person stands today, not at the message that brought it, so that news
 * which comes late or twice leads to the same. The person must be locked.
 */
@Injectable()
export class FollowInsuredStatus {
  constructor(
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
  ) {}

  async execute(tx: Transaction, person: StoredPerson, today: Day, actor: string): Promise<void> {
    const { standing, since } = standingOn(person.insurances, today);
    for (const filing of await filingsOf(tx, person.personNo)) {
      if (!isStanding(filing)) continue;
      const event = reactions[standing][filing.status as 'effective' | 'suspended'];
      if (event !== undefined) await this.happen(tx, filing, event, { today, since, actor });
    }
  }

  /** 终止: the filing was good until the day before the insurance was gone. */
  async end(tx: Transaction, filing: Filing, at: { today: Day; since: Day; actor: string }): Promise<void> {
    await this.happen(tx, filing, 'end', at);
  }

  private async happen(
    tx: Transaction,
    filing: Filing,
    event: FilingEvent,
    { today, since, actor }: { today: Day; since: Day; actor: string },
  ): Promise<void> {
    const changes = event === 'end' ? closedBefore(filing, since, today) : {};
    const changed = await this.book.change(tx, filing, { event, on: today, actor }, changes);
    if (isRefusal(changed)) throw new Error(`${filing.filingNo} cannot ${event}`);
    if (event === 'end') await this.register.withdrawReminders(tx, filing);
  }
}
