import type { KnownQualification } from '../person/known-person.js';

/**
 * 病种对应 (N31): the diseases of a bill under the names that the home area's policy uses: its code where the policy writes
 * codes, else the name under which the home area has recognised it.
 */
export function policyDiseases(
  codes: readonly string[],
  ofPolicy: readonly string[],
  qualifications: readonly KnownQualification[],
): string[] {
  return codes.map((code) => {
    if (ofPolicy.includes(code)) return code;
    const name = qualifications.find(({ diseaseCode }) => diseaseCode === code)?.diseaseName;
    return name !== undefined && ofPolicy.includes(name) ? name : code;
  });
}
