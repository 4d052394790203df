import type { DatedValues } from '#shared/rules';

/** The dated values of rules/funds/prepayment.yaml, as an injectable. */
export class PrepaymentRules {
  constructor(readonly values: DatedValues) {}
}
