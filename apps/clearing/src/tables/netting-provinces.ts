import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { DatedValues, RuleFileError, rulesDirectory } from '#shared/rules';

const file = 'clearing/netting.yaml';

/** Which provinces net between their areas (H65), by date. */
export class NettingProvinces {
  private constructor(
    private readonly provinces: readonly string[],
    private readonly values: DatedValues,
  ) {}

  static load(): NettingProvinces {
    const content = parse(readFileSync(join(rulesDirectory(), file), 'utf8')) as Record<string, unknown>;
    return new NettingProvinces(Object.keys(content), DatedValues.of(file, content));
  }

  on(day: Day): string[] {
    return this.provinces.filter((province) => {
      try {
        return this.values.on(province, day).value === true;
      } catch (error) {
        if (error instanceof RuleFileError) return false;
        throw error;
      }
    });
  }
}
