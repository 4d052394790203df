import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, orThrow, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { findInstitution } from '../institution/institution.repository.js';
import { outsideFault, outsideFaultNames } from '../visit/rules/outside-line.js';
import type { Visit } from '../visit/visit.js';
import { lockVisits } from '../visit/visit.repository.js';
import { visitStateNames } from '../visit/visit.transitions.js';
import type { InjuryCommitment, OutsideOrder } from './visit-paper.js';
import { findOrder, insertOrder, keepCommitment } from './visit-paper.repository.js';

export type GivenCommitment = Omit<InjuryCommitment, 'visitId'> & { readonly certificateNo: string };

/** 表单登记 (N35 N36 A11 A12): the hospital's office records what was signed or stamped, until the visit is settled. */
@Injectable()
export class RecordVisitPapers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  /** 承诺书: what is signed again replaces what was signed before. */
  commitment(visitId: string, given: GivenCommitment, caller: Caller): Promise<Outcome<Visit>> {
    return this.onOpenVisit(visitId, caller, async (tx, visit) => {
      if (given.signedOn > this.clock.today()) return refuse('BAD_REQUEST', { detail: '签署日期晚于今天' });
      if (given.happenedAt > this.clock.now()) return refuse('BAD_REQUEST', { detail: '受伤时间晚于现在' });
      const { certificateNo, ...rest } = given;
      const stored = { ...rest, certificateEncrypted: this.identityNumbers.encrypt(certificateNo) };
      await keepCommitment(tx, visit, stored, this.record(caller));
      return visit;
    });
  }

  /** 外检外购单: by the hospital's own number; the same again is the same. */
  order(given: OutsideOrder, caller: Caller): Promise<Outcome<OutsideOrder>> {
    return this.onOpenVisit(given.visitId, caller, async (tx, visit) => {
      const known = await findOrder(tx, given.visitId, given.orderNo);
      if (known !== undefined)
        return isSame(known, given) ? known : refuse('ALREADY_DONE_DIFFERENTLY', { what: '该外检外购单' });
      const why = await this.faultOf(tx, visit, given);
      if (why !== undefined) return refuse('OUTSIDE_ORDER_WRONG', { why });
      await insertOrder(tx, visit, given, this.record(caller));
      return given;
    });
  }

  private async faultOf(tx: Transaction, visit: Visit, given: OutsideOrder): Promise<string | undefined> {
    const today: Day = this.clock.today();
    if (given.approvedOn > today) return '盖章日期晚于今天';
    const outside = await findInstitution(tx, given.outsideInstitution);
    const fault = outsideFault({
      ...visit,
      occurredOn: given.approvedOn,
      // The stamp may come after the stay; what matters is when the lines are of.
      dischargedOn: null,
      outsideInstitution: given.outsideInstitution,
      designated: outside?.agreement === 'active',
    });
    return fault === undefined ? undefined : outsideFaultNames[fault];
  }

  private record = ({ subject }: Caller): { by: string; at: Date } => ({ by: subject, at: this.clock.now() });

  private onOpenVisit<T>(
    visitId: string,
    caller: Caller,
    work: (tx: Transaction, visit: Visit) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    return this.database.transaction(async (tx) => {
      const [visit] = await lockVisits(tx, [visitId]);
      if (visit === undefined || visit.institutionCode !== caller.institution)
        return refuse('NOT_FOUND', { what: '该就诊' });
      if (visit.status === 'settled' || visit.status === 'cancelled')
        return refuse('WRONG_STATE', { what: '就诊', state: visitStateNames[visit.status], action: '登记表单' });
      const done = await work(tx, visit);
      return isRefusal(done) ? orThrow(done) : done;
    });
  }
}

const isSame = (a: OutsideOrder, b: OutsideOrder): boolean =>
  (Object.keys(a) as (keyof OutsideOrder)[]).every((name) => a[name] === b[name]);
