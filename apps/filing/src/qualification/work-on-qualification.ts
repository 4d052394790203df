import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isInsuredOn } from '#shared/filing';
import type { Caller } from '#shared/identity';
import { AreaValues } from '#shared/rules';
import { isHomeAgency } from '../authority/home-agency.js';
import { findPerson } from '../person/person.repository.js';
import { QualificationBook } from './qualification-book.js';
import type { Qualification, QualificationEvent } from './qualification.js';
import { findQualification, nextQualificationNo, qualificationsOf } from './qualification.repository.js';
import { qualificationStatusNames, qualificationTransitions } from './qualification.transitions.js';
import { coveredDiseases } from './rules/covered-diseases.js';
import { isEndable, isGrantable } from './rules/possible-term.js';

export interface QualificationStep {
  readonly event: QualificationEvent;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly reason?: string | undefined;
}

const eventNames: Record<QualificationEvent, string> = { approve: '通过', reject: '驳回', end: '终止' };

/** 门诊慢特病资格认定 (N13 H16): applied for, decided and ended by the home agency, published at once. */
@Injectable()
export class WorkOnQualification {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly diseases: AreaValues,
    private readonly book: QualificationBook,
  ) {}

  apply(personNo: string, diseaseCode: string, caller: Caller): Promise<Outcome<Qualification>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo, true);
      if (person === undefined || !(await isHomeAgency(tx, caller, person)))
        return refuse('NOT_FOUND', { what: '该参保人' });
      if (!isInsuredOn(person.insurances, today)) return refuse('NOT_INSURED');
      const disease = coveredDiseases(this.diseases.of(person.homeArea), today).find(
        ({ code }) => code === diseaseCode,
      );
      if (disease === undefined) return refuse('DISEASE_NOT_COVERED', { code: diseaseCode });
      const current = (await qualificationsOf(tx, [personNo])).find(
        (one) => one.diseaseCode === diseaseCode && (one.status === 'applied' || one.status === 'effective'),
      );
      if (current !== undefined) return refuse('ALREADY_QUALIFIED', { qualificationNo: current.qualificationNo });
      return this.book.record(tx, {
        qualificationNo: await nextQualificationNo(tx, person.homeArea, today),
        ...{ personNo, homeArea: person.homeArea, county: person.county },
        ...{ diseaseCode, diseaseName: disease.name, status: 'applied', appliedOn: today },
        ...{ decidedOn: null, decidedBy: null, reason: null, from: null, to: null, version: 0 },
      });
    });
  }

  step(qualificationNo: string, step: QualificationStep, caller: Caller): Promise<Outcome<Qualification>> {
    const today = this.clock.today();
    const { event, reason = '' } = step;
    return this.database.transaction(async (tx) => {
      const seen = await findQualification(tx, qualificationNo);
      if (seen === undefined || !(await isHomeAgency(tx, caller, seen)))
        return refuse('NOT_FOUND', { what: '该门诊慢特病资格' });
      await findPerson(tx, seen.personNo, true);
      const one = (await findQualification(tx, qualificationNo)) ?? seen;
      const status = qualificationTransitions.next(one.status, event);
      if (status === undefined) {
        const state = qualificationStatusNames[one.status];
        return refuse('WRONG_STATE', { what: '门诊慢特病资格', state, action: eventNames[event] });
      }
      if (event === 'reject' && reason.trim() === '') return refuse('REASON_MISSING');
      const term = termOf(one, step, today);
      if (term === undefined) return refuse('QUALIFICATION_TERM_IMPOSSIBLE');
      return this.book.record(tx, {
        ...one,
        status,
        ...{ ...term, decidedOn: today, decidedBy: caller.subject, reason: reason === '' ? null : reason },
      });
    });
  }
}

/** The days of the qualification after the step; undefined where they cannot be. */
function termOf(
  one: Qualification,
  step: QualificationStep,
  today: Day,
): Pick<Qualification, 'from' | 'to'> | undefined {
  const { event, from = today, to = null } = step;
  if (event === 'reject') return { from: one.from, to: one.to };
  if (event === 'approve') return isGrantable(from, to) ? { from, to } : undefined;
  const last = to ?? today;
  return isEndable(last, today) ? { from: one.from, to: last } : undefined;
}
