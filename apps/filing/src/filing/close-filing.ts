import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { findPerson } from '../person/person.repository.js';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import type { Filing, FilingEvent } from './filing.js';
import { findFiling } from './filing.repository.js';
import { filingStatusNames, filingTransitions } from './filing.transitions.js';
import { filingValidity } from './rules/filing-validity.js';

const eventNames: Partial<Record<FilingEvent, string>> = { approve: '通过', reject: '驳回', cancel: '取消' };

/** 审核与取消 (N9 N13): the home agency approves, rejects or cancels; the transition table says what is allowed when. */
@Injectable()
export class CloseFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly obligations: ObligationBook,
  ) {}

  async execute(
    filingNo: string,
    event: 'approve' | 'reject' | 'cancel',
    reason: string | null,
    caller: Caller,
  ): Promise<Outcome<Filing>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const seen = await findFiling(tx, filingNo);
      if (seen === undefined || !isWithin(caller.scope, seen.homeArea)) return refuse('NOT_FOUND', { what: '该备案' });
      await findPerson(tx, seen.personNo, true);
      const filing = (await findFiling(tx, filingNo)) ?? seen;
      const status = filingTransitions.next(filing.status, event);
      if (status === undefined) {
        return refuse('WRONG_STATE', {
          what: '备案',
          state: filingStatusNames[filing.status],
          action: eventNames[event] ?? event,
        });
      }
      const { validFrom, validTo } =
        event === 'approve' ? filingValidity(filing.category, filing.appliedOn, this.rules.values) : filing;
      const changed: Filing = {
        ...filing,
        status,
        decidedOn: today,
        decidedBy: caller.subject,
        reason,
        dueOn: null,
        validFrom,
        validTo,
      };
      await this.book.record(tx, changed, { event, before: filing.status, on: today, actor: caller.subject });
      const key = { kind: 'decide-filing', owner: filing.homeArea, subject: filingNo };
      if (event === 'cancel') await this.obligations.withdraw(tx, key);
      else await this.obligations.meet(tx, key, today);
      return changed;
    });
  }
}
