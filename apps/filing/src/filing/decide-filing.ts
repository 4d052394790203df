import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isInsuredOn } from '#shared/filing';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { FilingBook } from './filing-book.js';
import type { Filing } from './filing.js';
import { filingStatusNames } from './filing.transitions.js';
import { withFiling } from './open-filing.js';
import { RegisterFiling } from './register-filing.js';

export interface Decision {
  readonly decision: 'approve' | 'reject';
  readonly reason?: string | undefined;
}

/** 备案审核 (N9): the home agency approves, or rejects with a reason; the second of two officers is told that it is done. */
@Injectable()
export class DecideFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
    private readonly obligations: ObligationBook,
  ) {}

  execute(filingNo: string, { decision, reason = '' }: Decision, caller: Caller): Promise<Outcome<Filing>> {
    const by = { today: this.clock.today(), actor: caller.subject };
    return withFiling(this.database, { filingNo, caller, entitled: 'home-agency' }, async (tx, filing, person) => {
      if (filing.status !== 'applied') {
        const state = filingStatusNames[filing.status];
        return refuse('WRONG_STATE', { what: '备案', state, action: '审核' });
      }
      if (decision === 'reject' && reason.trim() === '') return refuse('REASON_MISSING');
      if (decision === 'approve' && !isInsuredOn(person.insurances, by.today)) return refuse('NOT_INSURED');
      const decided =
        decision === 'approve'
          ? await this.register.approve(tx, filing, by)
          : await this.book.change(
              tx,
              filing,
              { event: 'reject', on: by.today, actor: by.actor, reason },
              { decidedOn: by.today, decidedBy: by.actor, dueOn: null, closedOn: by.today },
            );
      if (isRefusal(decided)) return decided;
      const key = { kind: 'decide-filing', owner: filing.homeArea, subject: filingNo };
      await this.obligations.meet(tx, key, by.today);
      if (decision === 'reject') await this.register.withdrawReminders(tx, filing);
      return decided;
    });
  }
}
