import type { Day } from '#shared/clock';
import { AreaValues, RuleFileError } from '#shared/rules';
import type { CaseCatalogue } from './reimbursement-case.js';

/** The dated values of rules/settlement/reimbursement.yaml, as an injectable. */
export class ReimbursementRules {
  constructor(private readonly values: AreaValues) {}

  static load(): ReimbursementRules {
    return new ReimbursementRules(AreaValues.load('settlement/reimbursement.yaml'));
  }

  /** 核算目录 (H53) where the agency does not choose one for the case. */
  catalogueOf(homeArea: string, on: Day): CaseCatalogue {
    const catalogue = this.values.of(homeArea).textOn('catalogue', on);
    if (catalogue === 'home' || catalogue === 'treatment') return catalogue;
    throw new RuleFileError(`catalogue must be home or treatment, not ${catalogue.slice(0, 20)}`);
  }
}
