import { Injectable } from '@nestjs/common';
import { Clock, dayOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { areaName, samePool } from '#shared/regions';
import { lastChangeOf } from '../institution/agreement-change.repository.js';
import { agreementNames } from '../institution/institution.js';
import type { Institution } from '../institution/institution.js';
import { missingService, serviceNames } from '../institution/rules/kind-of-service.js';
import { insuranceOn } from '../person/known-person.js';
import { filingsOf, findPerson } from '../person/known-person.repository.js';
import { FilingDuties } from './filing-duties.js';
import { describeFilings } from './rules/describe-filings.js';
import { decideRoute } from './rules/decide-route.js';
import { isPlausibleAdmission } from './rules/plausible-admission.js';
import type { Details, Setting, Visit } from './visit.js';
import { insertVisit, nextVisitId, openStaysOf } from './visit.repository.js';
import { firstState } from './visit.transitions.js';

export interface OpenVisitCommand {
  readonly institution: Institution;
  readonly personNo: string;
  readonly scheme: string;
  readonly setting: Setting;
  readonly medType: string;
  readonly emergency: boolean;
  readonly hospitalNo: string;
  readonly admittedOn: Day;
  readonly diagnoses: unknown;
  /** 参保地 as the hospital says it; null where it does not. */
  readonly statedHomeArea?: string | null;
  readonly details?: Details;
}

/** 入院办理与门诊挂号 (N15 N16 N34): the institution may, the person is insured, and away from home is filed where it must be. */
@Injectable()
export class OpenVisit {
  constructor(
    private readonly clock: Clock,
    private readonly duties: FilingDuties,
  ) {}

  async execute(tx: Transaction, command: OpenVisitCommand): Promise<Outcome<Visit>> {
    const { institution, setting, admittedOn, personNo } = command;
    if (institution.agreement !== 'active') return notActive(tx, institution);
    const missing = missingService(institution, setting, command.medType);
    if (missing !== undefined) return refuse('SERVICE_NOT_OFFERED', { service: serviceNames[missing] });
    const now = this.clock.now();
    if (!isPlausibleAdmission(admittedOn, dayOf(now))) return refuse('ADMISSION_DAY_WRONG', { day: admittedOn });
    const person = await findPerson(tx, personNo);
    if (person === undefined) return refuse('PERSON_UNKNOWN');
    const { statedHomeArea = null } = command;
    // The hospital routes by this area; a wrong one would send the money of the visit to another place.
    if (statedHomeArea !== null && !samePool(statedHomeArea, person.homeArea))
      return refuse('HOME_AREA_DIFFERS', { area: areaName(person.homeArea) });
    const open = setting === 'inpatient' ? (await openStaysOf(tx, personNo))[0] : undefined;
    if (open !== undefined) return alreadyInHospital(open, institution);
    const insurance = insuranceOn(person, command.scheme, admittedOn);
    if (insurance === undefined) return refuse('NOT_INSURED_IN_SCHEME');
    const filings = await filingsOf(tx, [personNo]);
    const decision = decideRoute({
      homeArea: person.homeArea,
      treatmentArea: institution.area,
      emergency: command.emergency,
      filingNeeded: this.duties.isNeeded(person.homeArea, institution.area, setting, admittedOn),
      filings,
      admittedOn,
      today: dayOf(now),
    });
    if (decision === undefined) return refuse('NOT_FILED', { found: describeFilings(filings) });
    // A third party is known at the admission already (N35); what is only found out later is refused at the settlement.
    if (command.details?.['rel_ttp_flag'] === '1') return refuse('THIRD_PARTY_LIABLE');
    const visit: Visit = {
      visitId: await nextVisitId(tx, institution.area, dayOf(now)),
      institutionCode: institution.institutionCode,
      treatmentArea: institution.area,
      personNo,
      homeArea: person.homeArea,
      scheme: insurance.scheme,
      setting,
      medType: command.medType,
      emergency: command.emergency,
      hospitalNo: command.hospitalNo,
      status: firstState[setting],
      version: 1,
      admittedOn,
      dischargedOn: null,
      details: command.details ?? {},
    };
    await insertVisit(tx, visit, command.diagnoses, now);
    return visit;
  }
}

/** The state of the agreement with the reason that its agency gave. */
async function notActive(tx: Transaction, { institutionCode, agreement, effectiveOn }: Institution): Promise<Refusal> {
  const last = await lastChangeOf(tx, institutionCode);
  const reason = last === undefined ? '' : `，原因：${last.reason}`;
  return refuse('INSTITUTION_NOT_ACTIVE', { agreement: agreementNames[agreement], day: effectiveOn, reason });
}

/** 在院: the hospital's own stay is named by its id, one elsewhere by place and day. */
const alreadyInHospital = (open: Visit, { institutionCode }: Institution): Refusal =>
  open.institutionCode === institutionCode
    ? refuse('ALREADY_ADMITTED_HERE', { visitId: open.visitId, day: open.admittedOn })
    : refuse('ALREADY_ADMITTED_ELSEWHERE', { area: areaName(open.treatmentArea), day: open.admittedOn });
