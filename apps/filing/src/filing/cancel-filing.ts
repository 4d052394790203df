import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import { closedBefore, isStanding } from './filing.js';
import type { Filing } from './filing.js';
import { withFiling } from './open-filing.js';
import { RegisterFiling } from './register-filing.js';
import { lockedUntil } from './rules/change-lock.js';

/** 备案取消 (N13 H16): not before the home area's lock is over; admissions made until yesterday still settle. */
@Injectable()
export class CancelFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
  ) {}

  execute(filingNo: string, reason: string, caller: Caller): Promise<Outcome<Filing>> {
    const today = this.clock.today();
    const request = { filingNo, caller, entitled: 'home-agency-or-channel' } as const;
    return withFiling(this.database, request, async (tx, filing) => {
      const standing = isStanding(filing);
      const locked = standing ? lockedUntil(filing, today, this.rules.of(filing.homeArea)) : undefined;
      if (locked !== undefined) return refuse('CHANGE_LOCKED', { day: locked });
      const cancelled = await this.book.change(
        tx,
        filing,
        { event: 'cancel', on: today, actor: caller.subject, reason },
        standing ? closedBefore(filing, today, today) : { closedOn: today, dueOn: null },
      );
      if (isRefusal(cancelled)) return cancelled;
      await this.register.withdrawAll(tx, filing);
      return cancelled;
    });
  }
}
