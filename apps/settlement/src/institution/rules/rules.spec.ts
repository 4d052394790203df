import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#shared/errors';
import { AdmissionRules } from '../admission-rules.js';
import type { Affiliation, Institution } from '../institution.js';
import { agreementTransitions } from '../agreement.transitions.js';
import { signsFor } from './admitting-area.js';
import { missingService } from './kind-of-service.js';

const rules = AdmissionRules.load();
const institution = (institutionCode: string, area: string): Institution => ({
  ...{ institutionCode, area, name: '示例机构', level: 'L3', services: ['inpatient'] },
  ...{ agreement: 'active', effectiveOn: '2026-01-01' },
});
/** Who may admit it: `fine`, or the code of what stands against it. */
const admission = (code: string, area: string, location: string, affiliation: Affiliation, agency: string): string => {
  const said = rules.check(institution(code, area), { location, affiliation }, agency, '2026-03-01');
  return isRefusal(said) ? said.code : 'fine';
};

describe('who admits an institution', () => {
  it.each<[string, string, string, Affiliation, string]>([
    ['a ministry’s hospital in a city district', 'H43990000301', '430102', 'ministry', '439900'],
    ['the same, signed by the agency of the province', 'H43990000301', '430102', 'ministry', '430000'],
    ['the province’s own hospital in a city district', 'H43990000302', '430104', 'province', '439900'],
    ['a city hospital in the same district', 'H43010000301', '430102', 'city', '430100'],
    ['a private hospital in the same district', 'H43010000302', '430111', 'other', '430100'],
    ['a ministry’s hospital in a county of Changsha', 'H43010000303', '430121', 'ministry', '430100'],
    ['a pharmacy of the province in a city district', 'P43010000301', '430102', 'province', '430100'],
    ['a ministry’s hospital in Zhuzhou', 'H43020000301', '430203', 'ministry', '430200'],
  ])('[H25] %s', (_, code, location, affiliation, agency) => {
    expect(admission(code, code.slice(1, 7), location, affiliation, agency)).toBe('fine');
  });

  it.each<[string, string, string, Affiliation, string, string]>([
    ['Changsha may not have a ministry’s', '430100', '430102', 'ministry', '430100', 'INSTITUTION_AREA_WRONG'],
    ['the province may not have a city hospital', '439900', '430102', 'city', '439900', 'INSTITUTION_AREA_WRONG'],
    ['nor one in a county', '439900', '430121', 'province', '439900', 'INSTITUTION_AREA_WRONG'],
    ['Changsha does not sign for the province', '439900', '430102', 'ministry', '430100', 'NOT_YOUR_AREA'],
    ['the province does not sign for Changsha', '430100', '430102', 'city', '430000', 'NOT_YOUR_AREA'],
    ['nor the nation', '430100', '430102', 'city', '000000', 'NOT_YOUR_AREA'],
    ['nor another area', '430100', '430102', 'city', '430200', 'NOT_YOUR_AREA'],
  ])('[H24 H25] %s', (_, area, location, affiliation, agency, outcome) => {
    expect(admission(`H${area}00301`, area, location, affiliation, agency)).toBe(outcome);
  });

  it('[H24] a county signs with its pool, a province only for its own', () => {
    expect([signsFor('310115', '310000'), signsFor('430000', '439900'), signsFor('430000', '430100')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('kinds of service', () => {
  const offers = (services: Institution['services'], setting: 'inpatient' | 'outpatient', medType: string) =>
    missingService({ services }, setting, medType) ?? 'fine';

  it('[N15 H23] chronic diseases and purchases are services of their own', () => {
    expect(offers(['outpatient'], 'outpatient', '11')).toBe('fine');
    expect(offers(['outpatient'], 'outpatient', '14')).toBe('chronic');
    expect(offers(['chronic'], 'outpatient', '14')).toBe('fine');
    expect(offers(['chronic'], 'outpatient', '11')).toBe('outpatient');
    expect(offers(['pharmacy'], 'outpatient', '41')).toBe('fine');
    expect(offers(['pharmacy'], 'inpatient', '21')).toBe('inpatient');
  });
});

describe('the life of an agreement', () => {
  it('[N15 H24] what has ended is not resumed, it is applied for again', () => {
    expect(agreementTransitions.next('ended', 'resume')).toBeUndefined();
    expect(agreementTransitions.next('ended', 'apply')).toBe('applied');
    expect(agreementTransitions.next('applied', 'suspend')).toBeUndefined();
  });
});
