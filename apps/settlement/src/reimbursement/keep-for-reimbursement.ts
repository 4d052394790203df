import { Injectable } from '@nestjs/common';
import { dayOf } from '#shared/clock';
import { Database, one } from '#shared/database';
import type { Transaction } from '#shared/database';
import { describe, isRefusal, refuse } from '#shared/errors';
import type { ErrorCode, Outcome, Refusal } from '#shared/errors';
import { readBillFacts } from '../settlement/prepare-bill.js';
import { makeBill } from '../settlement/bill.js';
import type { SettleCommand } from '../settlement/bill.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { ownVisit } from '../visit/visit-access.js';
import { caseLine } from './case-line.js';
import type { CaseOrigin, KeptBill } from './reimbursement-case.js';
import { insertCase, liveCaseOf } from './reimbursement.repository.js';

/** 参保地不能应答: no "no" of the home side, but no answer either: silent, or without terms for this bill. */
const unanswered: ReadonlySet<ErrorCode> = new Set([
  'HOME_SIDE_SILENT',
  'POLICY_MISSING',
  'POLICY_NOT_IN_FORCE',
  'POLICY_UNCONFIRMED',
  'BILL_LEVEL_UNCOVERED',
  'BILL_PERSON_UNCOVERED',
]);

/**
 * 账单留存 (N44 H53 H20(4)): a direct settlement that the home side could not answer leaves the complete bill behind as a
 * reimbursement case, once per visit and batch, and the hospital is told its number. Every other refusal stays what it is.
 */
@Injectable()
export class KeepForReimbursement {
  constructor(
    private readonly database: Database,
    private readonly duties: FilingDuties,
  ) {}

  async execute(command: SettleCommand, refusal: Refusal): Promise<Refusal> {
    if (!unanswered.has(refusal.code)) return refusal;
    const caseNo = await this.database.transaction((tx) => this.keep(tx, command, refusal));
    if (isRefusal(caseNo)) return caseNo;
    const why = describe(refusal).message.replace(/。$/, '');
    return refuse('KEPT_FOR_REIMBURSEMENT', { why, caseNo });
  }

  private async keep(tx: Transaction, command: SettleCommand, { code }: Refusal): Promise<Outcome<string>> {
    const { institution, visitId, personNo, batchNo } = command;
    const visit = await ownVisit(tx, institution.institutionCode, visitId, personNo);
    if (isRefusal(visit)) return visit;
    const bill = makeBill(command, '', await readBillFacts(tx, visit), this.duties);
    if (isRefusal(bill)) return bill;
    const origin: CaseOrigin = { source: 'direct-failed', visitId, batchNo, billId: null };
    const known = await liveCaseOf(tx, origin);
    if (known !== undefined) return known.caseNo;
    const kept: KeptBill & CaseOrigin = {
      ...origin,
      cause: code,
      keptAt: command.settledAt,
      personNo,
      homeArea: visit.homeArea,
      treatmentArea: institution.area,
      institutionCode: institution.institutionCode,
      level: institution.level,
      scheme: visit.scheme,
      setting: visit.setting,
      medType: visit.medType,
      emergency: visit.emergency,
      admittedOn: visit.admittedOn,
      dischargedOn: bill.request.dischargedOn,
      useAccount: command.useAccount,
      diagnoses: (await one<{ diagnoses: unknown }>(tx, 'select diagnoses from visit where visit_id = $1', [visitId]))
        ?.diagnoses,
      diseases: bill.request.diseases,
      injury: bill.request.injury,
    };
    const at = command.settledAt;
    const step = { by: institution.institutionCode, at, on: dayOf(at) };
    const lines = bill.lines.map((line) => caseLine(line, line.occurredOn));
    return (await insertCase(tx, kept, lines, step)).caseNo;
  }
}
