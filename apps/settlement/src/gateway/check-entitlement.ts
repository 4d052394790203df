import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isQualifiedOn } from '#shared/filing';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import { areaName } from '#shared/regions';
import type { Institution } from '../institution/institution.js';
import { insuranceOn } from '../person/known-person.js';
import type { KnownFiling, KnownPerson, KnownQualification } from '../person/known-person.js';
import { filingsOf, qualificationsOf } from '../person/known-person.repository.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { decideRoute } from '../visit/rules/decide-route.js';
import type { DirectRoute } from '../visit/rules/decide-route.js';
import { isEmergencyType } from '../visit/rules/emergency-type.js';
import { describeFiling, describeFilings } from '../visit/rules/describe-filings.js';

export interface EntitlementQuestion {
  readonly institution: Institution;
  readonly scheme: string;
  readonly medType: string;
  readonly on: Day;
  readonly disease: string | null;
}

type Answer = AnswerFrom<FormOf<'2001'>>;
type Check = Answer['trtinfo'][number];

const inpatientTypes = new Set(['21', '22', '23', '24', '52']);
const chronic = '14';
const routeNames: Record<DirectRoute, string> = {
  'long-term': '长期备案，按参保地本地待遇',
  referral: '转诊备案，按参保地规定的转诊比例',
  emergency: '急诊，视同已备案',
  other: '临时外出备案，按参保地规定的比例',
  none: '无需备案',
};

/** 待遇检查 (2001): insurance, ground of treatment and chronic qualification, each with its reason in words. */
@Injectable()
export class CheckEntitlement {
  constructor(
    private readonly clock: Clock,
    private readonly duties: FilingDuties,
  ) {}

  async execute(tx: Transaction, person: KnownPerson, question: EntitlementQuestion): Promise<Answer> {
    const filings = await filingsOf(tx, [person.personNo]);
    const qualifications = question.medType === chronic ? await qualificationsOf(tx, person.personNo) : [];
    const checks = [
      insuranceCheck(person, question),
      this.routeCheck(person, filings, question),
      ...(question.medType === chronic ? [chronicCheck(qualifications, question)] : []),
    ];
    const common = { psn_no: person.personNo, fund_pay_type: question.scheme === '390' ? '390100' : '310100' };
    return { trtinfo: checks.map((check) => ({ ...common, ...check })) };
  }

  private routeCheck(
    person: KnownPerson,
    filings: readonly KnownFiling[],
    { institution, medType, on }: EntitlementQuestion,
  ): Omit<Check, 'psn_no' | 'fund_pay_type'> {
    const setting = inpatientTypes.has(medType) ? 'inpatient' : 'outpatient';
    const decision = decideRoute({
      homeArea: person.homeArea,
      treatmentArea: institution.area,
      emergency: isEmergencyType(medType),
      filingNeeded: this.duties.isNeeded(person.homeArea, institution.area, setting, on),
      filings,
      admittedOn: on,
      today: this.clock.today(),
    });
    const filing = filings.find(({ filingNo }) => filingNo === decision?.filingNo);
    const ground = filing === undefined ? '' : `；${describeFiling(filing)}`;
    return {
      trt_chk_type: '2',
      trt_enjymnt_flag: decision === undefined ? '0' : '1',
      begndate: filing?.validFrom ?? on,
      enddate: filing?.validTo ?? null,
      trt_chk_rslt:
        decision === undefined
          ? `未查到到本地就医的有效备案（${describeFilings(filings)}），可在出院前补办`
          : routeNames[decision.route] + ground,
    };
  }
}

function insuranceCheck(
  person: KnownPerson,
  { scheme, on }: EntitlementQuestion,
): Omit<Check, 'psn_no' | 'fund_pay_type'> {
  const insurance = insuranceOn(person, scheme, on);
  return {
    trt_chk_type: '1',
    trt_enjymnt_flag: insurance === undefined ? '0' : '1',
    begndate: insurance?.from ?? on,
    enddate: insurance?.to ?? null,
    trt_chk_rslt: insurance === undefined ? '该日在此险种没有正常参保' : `参保地${areaName(person.homeArea)}，正常参保`,
  };
}

function chronicCheck(
  qualifications: readonly KnownQualification[],
  { disease, on }: EntitlementQuestion,
): Omit<Check, 'psn_no' | 'fund_pay_type'> {
  const good = qualifications.filter(
    (one) => isQualifiedOn(one, on) && (disease === null || disease === one.diseaseCode),
  );
  const [first] = good;
  return {
    trt_chk_type: '3',
    trt_enjymnt_flag: first === undefined ? '0' : '1',
    begndate: first?.from ?? on,
    enddate: first?.to ?? null,
    trt_chk_rslt:
      first === undefined
        ? '没有该病种的有效门诊慢特病资格，请到参保地认定'
        : good
            .map(({ diseaseName }) => diseaseName)
            .join('、')
            .slice(0, 500),
  };
}
