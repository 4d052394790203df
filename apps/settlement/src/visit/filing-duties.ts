import type { Day } from '#shared/clock';
import { sameProvince } from '#shared/regions';
import { AreaValues } from '#shared/rules';
import { RecognisedPairs } from '../policy/recognised-pairs.js';
import type { Setting } from './visit.js';

/** 备案义务 by home area (H8 N14): its own switch, else its province's, else the nation's; some pairs of areas have none. */
export class FilingDuties {
  private constructor(
    private readonly values: AreaValues,
    private readonly pairs: RecognisedPairs,
  ) {}

  static load(): FilingDuties {
    return new FilingDuties(AreaValues.load('settlement/filing-duty.yaml'), RecognisedPairs.load());
  }

  isNeeded(homeArea: string, treatmentArea: string, setting: Setting, on: Day): boolean {
    if (this.pairs.between(homeArea, treatmentArea, on).noFiling) return false;
    const inpatient = sameProvince(homeArea, treatmentArea) ? 'intraProvinceInpatient' : 'crossProvinceInpatient';
    return this.values.on(setting === 'outpatient' ? 'outpatient' : inpatient, homeArea, on).value === true;
  }
}
