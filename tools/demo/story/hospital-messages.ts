import {
  admission,
  chargedRows,
  discharge,
  identityQuestion,
  inpatientSettlement,
  outpatientSettlement,
  outpatientVisit,
  refundOf,
  registration,
} from '#shared/gateway-client';
import type { TreatedVisit } from '#shared/gateway-client';
import type { Json } from '../doors.js';
import type { InstitutionFact, PersonFact } from '../world.js';
import { institutions, items, persons } from '../world.js';
import type { VisitFact } from './visits.js';

/** Where and whose a visit is, and the area that the hospital names as the home. */
export function partiesOf(fact: VisitFact): {
  institution: InstitutionFact;
  person: PersonFact;
  home: { home: string };
} {
  const person = persons[fact.person];
  return { institution: institutions[fact.institution], person, home: { home: person.home } };
}

/** The visit of the story in the words of the gateway client. */
const treated = (fact: VisitFact): TreatedVisit => ({
  ...fact,
  person: persons[fact.person],
  lines: fact.lines.map(({ item, price, quantity }) => ({ code: items[item].code, ownCode: item, price, quantity })),
});

/** 1101 人员信息获取. */
export const identityInput = (person: PersonFact): Json => identityQuestion(person);

/** 2401 入院办理. */
export const admissionInput = (fact: VisitFact): Json => admission(treated(fact));

/** 2201 门诊挂号. */
export const registrationInput = (fact: VisitFact): Json => registration(treated(fact));

/** 2203A 门诊就诊信息上传. */
export const outpatientVisitInput = (fact: VisitFact, visitId: string): Json => outpatientVisit(treated(fact), visitId);

/** The rows of 2204 and 2301 费用明细上传. */
export const feeLines = (fact: VisitFact, visitId: string): Json[] => [...chargedRows(treated(fact), visitId)];

/** 2402 出院办理. */
export const dischargeInput = (fact: VisitFact, visitId: string): Json => discharge(treated(fact), visitId);

/** 2206 2207 and 2303 2304: trial and settlement ask for the same. */
export const settlementInput = (fact: VisitFact, visitId: string): { data: Json } =>
  (fact.kind === 'outpatient' ? outpatientSettlement : inpatientSettlement)(treated(fact), visitId);

/** 2208 and 2305 结算撤销. */
export const refundInput = (fact: VisitFact, visitId: string, settlementId: string): Json =>
  refundOf(treated(fact), visitId, settlementId);
