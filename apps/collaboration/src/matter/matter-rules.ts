import type { DatedValues } from '#shared/rules';

/** The dated values of rules/collaboration/matters.yaml, as an injectable. */
export class MatterRules {
  constructor(readonly values: DatedValues) {}
}
