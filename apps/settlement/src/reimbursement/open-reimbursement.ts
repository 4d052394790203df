import { Injectable } from '@nestjs/common';
import { Clock, dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { currentPerson } from '#shared/filing';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { findInstitution } from '../institution/institution.repository.js';
import { insuranceOn } from '../person/known-person.js';
import type { KnownPerson } from '../person/known-person.js';
import { findNumbersByHash } from '../person/known-person.repository.js';
import { basicSchemes } from '../policy/policy-pack.js';
import { linesOfBill } from '../self-pay/self-pay.repository.js';
import { isEmergencyType } from '../visit/rules/emergency-type.js';
import { lockOwnCase } from './case-access.js';
import { lockReportedBill, openReportedBills } from './reported-bill.repository.js';
import type { ReportedBill } from './reported-bill.repository.js';
import { caseLine, countAsTreated } from './case-line.js';
import type { CaseLine, CaseOrigin, ReimbursementCase } from './reimbursement-case.js';
import { liveStates } from './reimbursement-case.transitions.js';
import { linesOfCase } from './case-lines.repository.js';
import { insertCase, liveCaseOf } from './reimbursement.repository.js';

/** 报销立案 (H59 N61): from a bill that a hospital uploaded, or again from a case that came to nothing; nothing is typed in again. */
@Injectable()
export class OpenReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** 待立案: complete self-pay bills of the people whom the caller insures, without a case. */
  worklist(caller: Caller): Promise<(ReportedBill & Pick<KnownPerson, 'personNo' | 'name'>)[]> {
    return this.database.asScope(caller.scope, async (tx) => {
      const found = [];
      for (const bill of await openReportedBills(tx)) {
        const person = await personOf(tx, bill);
        if (person !== undefined && isWithin(caller.scope, person.homeArea))
          found.push({ ...bill, personNo: person.personNo, name: person.name });
      }
      return found;
    });
  }

  /** Twice is once: the case that there is already. */
  fromBill(billId: string, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    return this.database.transaction(async (tx) => {
      const bill = await lockReportedBill(tx, billId);
      const person = bill === undefined ? undefined : await personOf(tx, bill);
      if (bill === undefined || person === undefined || !isWithin(caller.scope, person.homeArea))
        return refuse('NOT_FOUND', { what: '该自费账单' });
      const origin: CaseOrigin = { source: 'self-paid', visitId: null, batchNo: null, billId };
      const known = await liveCaseOf(tx, origin);
      if (known !== undefined) return known;
      const { setting, medType, admittedOn, dischargedOn, treatmentArea, institutionCode, diagnoses } = bill;
      const insurance = basicSchemes.flatMap((scheme) => insuranceOn(person, scheme, dischargedOn) ?? [])[0];
      const institution = await findInstitution(tx, institutionCode);
      if (insurance === undefined || institution === undefined) return refuse('SELF_PAY_OF_NOBODY', { billId });
      const lines = (await linesOfBill(tx, billId)).map((line) => caseLine(line, dayOf(line.occurredAt)));
      return this.open(
        tx,
        {
          ...origin,
          ...{ cause: null, personNo: person.personNo, homeArea: person.homeArea, treatmentArea, institutionCode },
          ...{ level: institution.level, scheme: insurance.scheme, setting, medType },
          ...{ emergency: isEmergencyType(medType), admittedOn, dischargedOn, useAccount: false, diagnoses },
          ...{ diseases: [], injury: false },
          keptAt: this.clock.now(),
        },
        lines,
        caller,
      );
    });
  }

  /** 重新立案: what was withdrawn, refused or cancelled, as a new case of the same bill. */
  again(caseNo: string, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    return this.database.transaction(async (tx) => {
      const found = await lockOwnCase(tx, caseNo, caller);
      if (isRefusal(found)) return found;
      if (liveStates.includes(found.state)) return refuse('REIMBURSEMENT_LIVE', { caseNo });
      const known = await liveCaseOf(tx, found);
      if (known !== undefined) return known;
      return this.open(tx, found, (await linesOfCase(tx, caseNo)).map(countAsTreated), caller);
    });
  }

  private open(
    tx: Transaction,
    bill: Parameters<typeof insertCase>[1],
    lines: readonly CaseLine[],
    caller: Caller,
  ): Promise<ReimbursementCase> {
    const at = this.clock.now();
    return insertCase(tx, bill, lines, { by: caller.subject, at, on: dayOf(at) });
  }
}

/** Of the numbers of one person, the one that counted on the day on which treatment ended. */
const personOf = async (tx: Transaction, bill: ReportedBill): Promise<KnownPerson | undefined> =>
  currentPerson(await findNumbersByHash(tx, bill.identityHash), bill.dischargedOn);
