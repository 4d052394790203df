import type { Day } from '#shared/clock';
import { isProvincePool, poolOf, provinceOf } from '#shared/regions';
import type { ValueSource } from '#shared/rules';
import type { Institution, InstitutionSite } from '../institution.js';

export interface AdmittingArea {
  /** 统筹区 whose agency signs with the institution and admits it. */
  readonly area: string;
  readonly articles: readonly string[];
}

const listOf = (text: string): string[] => text.split(',').filter((entry) => entry !== '');

/**
 * 准入归属 (H24 H25): the pool in which the institution lies. Hospitals (not pharmacies) of a ministry or of the province in
 * the city districts of Changsha are the province's own; everything else there is Changsha's.
 */
export function admittingArea(
  { institutionCode, area }: Pick<Institution, 'institutionCode' | 'area'>,
  { location, affiliation }: InstitutionSite,
  rules: ValueSource,
  on: Day,
): AdmittingArea {
  const isHospital = institutionCode.startsWith('H');
  const districts = listOf(rules.textOn('provinceAdmitsIn', on));
  const kept = listOf(rules.textOn('provinceAdmitsAffiliations', on));
  if (isHospital && location !== null && districts.includes(location) && kept.includes(affiliation))
    return { area: rules.textOn('provinceAdmitsInto', on), articles: ['H25'] };
  return { area: poolOf(location ?? area), articles: ['H24', 'H25'] };
}

/** 属地管理 (H24): the agency of the pool; for the pool of the province itself the agency of the province too. */
export const signsFor = (agency: string, area: string): boolean =>
  poolOf(agency) === poolOf(area) || (isProvincePool(area) && agency === provinceOf(area));
