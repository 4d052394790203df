import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isLongTerm } from '#shared/filing';
import type { Caller } from '#shared/identity';
import { filingDestination } from '#shared/regions';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import { isStanding, withContact } from './filing.js';
import type { ContactGiven, Filing, FilingCategory } from './filing.js';
import { filingStatusNames } from './filing.transitions.js';
import { withFiling } from './open-filing.js';
import { RegisterFiling } from './register-filing.js';
import { lockedUntil } from './rules/change-lock.js';
import { missingMaterials } from './rules/missing-materials.js';

export interface FilingChange {
  readonly destination?: string | undefined;
  readonly category?: FilingCategory | undefined;
  readonly materials?: readonly string[] | undefined;
  readonly contact?: ContactGiven | undefined;
}

/**
 * 备案变更 (N13 H16): another address or telephone is noted in the filing itself, at any time. Another place or category is a new
 * filing of the kind 变更 that takes the old one's place today; the old one keeps its days.
 */
@Injectable()
export class ChangeFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
  ) {}

  execute(filingNo: string, change: FilingChange, caller: Caller): Promise<Outcome<Filing>> {
    const today = this.clock.today();
    const actor = caller.subject;
    return withFiling(this.database, { filingNo, caller, entitled: 'home-agency' }, async (tx, filing, person) => {
      const category = change.category ?? filing.category;
      const destination = filingDestination(change.destination ?? filing.destination);
      const contact = withContact(filing.contact, change.contact);
      if (category === filing.category && destination === filing.destination)
        return this.book.change(tx, filing, { event: 'amend', on: today, actor }, { contact });
      if (!isStanding(filing)) {
        const state = filingStatusNames[filing.status];
        return refuse('WRONG_STATE', { what: '备案', state, action: '变更' });
      }
      if (isLongTerm(category) !== isLongTerm(filing.category)) return refuse('FILE_ANEW');
      const rules = this.rules.of(filing.homeArea);
      const locked = lockedUntil(filing, today, rules);
      if (locked !== undefined) return refuse('CHANGE_LOCKED', { day: locked });
      const materials = [...new Set([...filing.materials, ...(change.materials ?? [])])];
      const missing = missingMaterials(category, materials, rules, today);
      if (missing.length > 0) return refuse('MATERIAL_MISSING', { missing: missing.join('、') });
      const { personNo, supplementary, coversFrom, dischargedOn, agentId, continues, referral } = filing;
      return this.register.execute(
        tx,
        person,
        {
          ...{ personNo, category, destination, channel: 'counter', materials, contact, supplementary, coversFrom },
          ...{ dischargedOn, agentId, continues, referral, changeOf: filing },
        },
        { today, actor },
      );
    });
  }
}
