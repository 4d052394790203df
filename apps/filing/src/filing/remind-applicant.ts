import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import type { Filing } from './filing.js';
import { withFiling } from './open-filing.js';
import { reminderKinds } from './register-filing.js';

/** 提醒补齐材料 (H22): the agency notes that it has reminded the person; the reminder's obligation is met. */
@Injectable()
export class RemindApplicant {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
  ) {}

  execute(filingNo: string, which: 'first' | 'last', caller: Caller): Promise<Outcome<Filing>> {
    return withFiling(this.database, { filingNo, caller, entitled: 'home-agency' }, async (tx, filing) => {
      if (filing.commitmentDueOn === null) return refuse('NO_COMMITMENT', { filingNo });
      const kind = reminderKinds[which === 'first' ? 0 : 1];
      await this.obligations.meet(tx, { kind, owner: filing.homeArea, subject: filingNo }, this.clock.today());
      return filing;
    });
  }
}
