import { AreaValues, RuleFileError } from '#shared/rules';
import type { ValueSource } from '#shared/rules';

const file = 'filing/filing.yaml';
const longestLockMonths = 6;
const shortestValidityMonths = 6;

/** The values of rules/filing/filing.yaml by home area. What the nation does not allow is refused at the start (N10 P2.3). */
export class FilingRules {
  constructor(private readonly values: AreaValues) {
    this.refuse('changeLockMonths', (months) => months > longestLockMonths, 'a lock of at most 6 months (P2.3)');
    this.refuse('temporaryValidityMonths', (months) => months < shortestValidityMonths, 'at least 6 months (N10)');
  }

  static load(): FilingRules {
    return new FilingRules(AreaValues.load(file));
  }

  of(homeArea: string): ValueSource {
    return this.values.of(homeArea);
  }

  private refuse(name: string, isWrong: (value: number) => boolean, allowed: string): void {
    for (const { area, version } of this.values.versionsOf(name)) {
      if (isWrong(Number(version.value)))
        throw new RuleFileError(`${file}: ${area}: ${name} is ${version.value}; the national rule allows ${allowed}`);
    }
  }
}
