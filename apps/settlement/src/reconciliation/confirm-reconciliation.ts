import { Injectable } from '@nestjs/common';
import { Clock, firstDay, lastDay } from '#shared/clock';
import type { Day, Month } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { countOpenDifferences, keepConfirmation } from './reconciliation.repository.js';

export interface Confirmed {
  readonly period: string;
  readonly homeArea: string;
  readonly confirmedOn: Day;
}

/** 参保地确认 (N38): by the 3rd of the next month, and not while a difference of its people is open. */
@Injectable()
export class ConfirmReconciliation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
  ) {}

  ofMonth(month: Month, caller: Caller): Promise<Outcome<Confirmed>> {
    return this.execute({ from: firstDay(month), to: lastDay(month), period: month }, caller);
  }

  execute({ from, to, period }: { from: Day; to: Day; period: string }, caller: Caller): Promise<Outcome<Confirmed>> {
    const homeArea = caller.agency;
    const confirmedOn = this.clock.today();
    return this.database.transaction(async (tx) => {
      const count = await countOpenDifferences(tx, homeArea, from, to);
      if (count > 0) return refuse('OPEN_DIFFERENCES', { count });
      await keepConfirmation(tx, homeArea, period, confirmedOn, caller.subject);
      await this.obligations.meet(tx, { kind: 'home-confirms', owner: homeArea, subject: period }, confirmedOn);
      return { period, homeArea, confirmedOn };
    });
  }
}
