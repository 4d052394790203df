import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { lockOwnCase, nextCaseState } from './case-access.js';
import type { ReimbursementCase } from './reimbursement-case.js';
import { moveCase } from './reimbursement.repository.js';

/** 撤回、不予报销 (N44): a case that nobody has granted yet ends with its reason; nothing had moved. */
@Injectable()
export class EndReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  execute(
    caseNo: string,
    event: 'withdraw' | 'refuse',
    reason: string,
    caller: Caller,
  ): Promise<Outcome<ReimbursementCase>> {
    return this.database.transaction(async (tx) => {
      const found = await lockOwnCase(tx, caseNo, caller);
      if (isRefusal(found)) return found;
      const state = nextCaseState(found, event);
      if (isRefusal(state)) return state;
      return moveCase(tx, found, { event, to: state, by: caller.subject, at: this.clock.now(), note: reason });
    });
  }
}
