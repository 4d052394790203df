import type { Day } from '#shared/clock';
import { refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { areaName, poolOf } from '#shared/regions';
import { AreaValues } from '#shared/rules';
import type { Institution, InstitutionSite } from './institution.js';
import { admittingArea, signsFor } from './rules/admitting-area.js';

/** 准入规则 by place and day, and what stands against an agency that wants to sign with an institution. */
export class AdmissionRules {
  private constructor(private readonly values: AreaValues) {}

  static load(): AdmissionRules {
    return new AdmissionRules(AreaValues.load('settlement/admission.yaml'));
  }

  check(institution: Institution, site: InstitutionSite, agency: string, on: Day): Refusal | undefined {
    if (!signsFor(agency, institution.area)) return refuse('NOT_YOUR_AREA', { area: institution.area });
    const { area } = admittingArea(institution, site, this.values.of(site.location ?? institution.area), on);
    return poolOf(area) === poolOf(institution.area)
      ? undefined
      : refuse('INSTITUTION_AREA_WRONG', { given: areaName(institution.area), area: areaName(area) });
  }
}
