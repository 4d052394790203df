import type { DatedValues } from '#shared/rules';

/** The dated values of rules/settlement/monthly.yaml, as an injectable. */
export class MonthlyRules {
  constructor(readonly values: DatedValues) {}
}
