import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import { isOver } from './filing.js';
import type { Filing } from './filing.js';
import { filingEventNames, filingStatusNames } from './filing.transitions.js';
import { withFiling } from './open-filing.js';
import { RegisterFiling } from './register-filing.js';
import { missingMaterials } from './rules/missing-materials.js';

/** 补齐承诺材料 (H22 P2.5): the proof that a commitment stood in for; from then on both ends are open. */
@Injectable()
export class SupplyMaterials {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly register: RegisterFiling,
  ) {}

  execute(filingNo: string, given: readonly string[], caller: Caller): Promise<Outcome<Filing>> {
    const today = this.clock.today();
    return withFiling(this.database, { filingNo, caller, entitled: 'home-agency' }, async (tx, filing) => {
      if (filing.commitmentDueOn === null) return refuse('NO_COMMITMENT', { filingNo });
      if (isOver(filing, today))
        return refuse('WRONG_STATE', {
          what: '备案',
          state: filingStatusNames.unfiled,
          action: filingEventNames.fulfil,
        });
      const materials = [...new Set([...filing.materials, ...given])];
      const proof = materials.filter((code) => code !== 'commitment');
      const missing = missingMaterials(filing.category, proof, this.rules.of(filing.homeArea), today);
      if (missing.length > 0) return refuse('MATERIAL_MISSING', { missing: missing.join('、') });
      const happening = { event: 'fulfil', on: today, actor: caller.subject } as const;
      const fulfilled = await this.book.change(tx, filing, happening, { materials, commitmentDueOn: null });
      if (!isRefusal(fulfilled)) await this.register.withdrawReminders(tx, filing);
      return fulfilled;
    });
  }
}
