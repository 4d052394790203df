import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { poolOf, provinceOf, sameProvince } from '#shared/regions';
import { DatedValues, RuleFileError, rulesDirectory } from '#shared/rules';
import { RecognisedPairs } from '../policy/recognised-pairs.js';
import type { Setting } from './visit.js';

const file = 'settlement/filing-duty.yaml';

/** 备案义务 by home area: its own switch, else its province's, else the nation's. */
export class FilingDuties {
  private constructor(
    private readonly areas: ReadonlyMap<string, { names: ReadonlySet<string>; values: DatedValues }>,
    private readonly pairs: RecognisedPairs,
  ) {}

  static load(): FilingDuties {
    const content = parse(readFileSync(join(rulesDirectory(), file), 'utf8')) as Record<
      string,
      Record<string, unknown>
    >;
    return new FilingDuties(
      new Map(
        Object.entries(content).map(([area, values]) => [
          area,
          { names: new Set(Object.keys(values)), values: DatedValues.of(`${file} ${area}`, values) },
        ]),
      ),
      RecognisedPairs.load(),
    );
  }

  isNeeded(homeArea: string, treatmentArea: string, setting: Setting, on: Day): boolean {
    if (this.pairs.between(homeArea, treatmentArea, on).noFiling) return false;
    const inpatient = sameProvince(homeArea, treatmentArea) ? 'intraProvinceInpatient' : 'crossProvinceInpatient';
    const name = setting === 'outpatient' ? 'outpatient' : inpatient;
    for (const area of [poolOf(homeArea), provinceOf(homeArea), 'nation']) {
      const found = this.areas.get(area);
      if (found?.names.has(name) === true) return found.values.on(name, on).value === true;
    }
    throw new RuleFileError(`${file}: nobody says whether ${name} needs a filing`);
  }
}
