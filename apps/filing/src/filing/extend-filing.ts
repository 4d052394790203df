import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isLongTerm } from '#shared/filing';
import type { Caller } from '#shared/identity';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import { isOver } from './filing.js';
import type { Filing } from './filing.js';
import { filingEventNames, filingStatusNames } from './filing.transitions.js';
import { withFiling } from './open-filing.js';
import { filingValidity } from './rules/filing-validity.js';

/** 备案延期 (N10 H13): a temporary filing that is in force gets its full term again from today, and never a shorter one. */
@Injectable()
export class ExtendFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
  ) {}

  execute(filingNo: string, caller: Caller): Promise<Outcome<Filing>> {
    const today = this.clock.today();
    return withFiling(this.database, { filingNo, caller, entitled: 'home-agency' }, async (tx, filing) => {
      if (isLongTerm(filing.category)) return refuse('EXTENSION_NOT_NEEDED');
      if (isOver(filing, today))
        return refuse('WRONG_STATE', {
          what: '备案',
          state: filingStatusNames.expired,
          action: filingEventNames.extend,
        });
      const { validTo: given } = filingValidity(filing.category, today, this.rules.of(filing.homeArea));
      const validTo = (filing.validTo ?? '') > (given ?? '') ? filing.validTo : given;
      return this.book.change(tx, filing, { event: 'extend', on: today, actor: caller.subject }, { validTo });
    });
  }
}
