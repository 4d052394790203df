import type { DatedValues } from '#shared/rules';

/** The dated values of rules/filing/filing.yaml, as an injectable. */
export class FilingRules {
  constructor(readonly values: DatedValues) {}
}
