import { daysBetween } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { KnownPerson } from '../../person/known-person.js';
import type { SeenPerson } from '../caller/caller.repository.js';

const daysInYear = 365.2425;

/** 年龄 with one decimal, as the interface counts it. */
export const ageOn = (birthDate: Day, on: Day): number =>
  Math.max(0, Math.floor((daysBetween(birthDate, on) / daysInYear) * 10) / 10);

/** Who it is; the certificate number as the institution may see it. */
export const personNodes = (person: KnownPerson, certificateNo: string, on: Day) => ({
  psn_no: person.personNo,
  psn_cert_type: person.certificateType,
  certno: certificateNo,
  psn_name: person.name,
  gend: person.sex,
  naty: null,
  brdy: person.birthDate,
  age: ageOn(person.birthDate, on),
});

export const personTypeIn = (person: KnownPerson, scheme: string): string =>
  person.insurances.find((insurance) => insurance.scheme === scheme)?.personType ?? '';

/** Who it is, where a query answers with the insurance beside it. */
export const personOfQuery = (person: SeenPerson, scheme: string, on: Day) => ({
  ...personNodes(person, person.maskedCertificate, on),
  insutype: scheme,
  psn_type: personTypeIn(person, scheme),
  cvlserv_flag: civilServant(person, scheme),
  flxempe_flag: personTypeIn(person, scheme).endsWith('03') ? ('1' as const) : ('0' as const),
  nwb_flag: personTypeIn(person, scheme) === '1401' ? ('1' as const) : ('0' as const),
  insu_optins: person.homeArea,
  emp_name: null,
});

/** 公务员: by the kind of person of the national table. */
export const civilServant = (person: KnownPerson, scheme: string): '0' | '1' =>
  ['1102', '1202'].includes(personTypeIn(person, scheme)) ? '1' : '0';
