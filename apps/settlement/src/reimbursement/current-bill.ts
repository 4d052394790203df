import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { linesOfVisits, readVisits } from '../visit/visit.repository.js';
import { caseLine, countAsTreated } from './case-line.js';
import type { CaseLine, ReimbursementCase } from './reimbursement-case.js';
import { linesOfCase } from './case-lines.repository.js';

export interface CurrentBill {
  readonly dischargedOn: Day;
  readonly lines: readonly CaseLine[];
}

/**
 * 账单现状: what the hospital has uploaded counts, and it may have corrected it since (N44). No lines: it took the charges back,
 * or they were settled. A self-pay bill is complete and stays as it is.
 */
export async function currentBill(tx: Transaction, found: ReimbursementCase): Promise<Outcome<CurrentBill>> {
  if (found.visitId === null)
    return {
      dischargedOn: found.dischargedOn,
      lines: (await linesOfCase(tx, found.caseNo)).map(countAsTreated),
    };
  const [visit] = await readVisits(tx, [found.visitId]);
  if (visit?.status === 'admitted') return refuse('REIMBURSEMENT_BILL_OPEN');
  const lines = (await linesOfVisits(tx, [found.visitId])).filter(
    ({ settlementId, batchNo }) => settlementId === null && (found.batchNo === null || batchNo === found.batchNo),
  );
  return {
    dischargedOn: visit?.dischargedOn ?? found.dischargedOn,
    lines: lines.map((line) => caseLine(line, line.occurredOn)),
  };
}

/** Whether the bill is still the one that was computed. */
export const isSameBill = (a: CurrentBill, b: CurrentBill): boolean =>
  a.dischargedOn === b.dischargedOn &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, at) => line.lineNo === b.lines[at]?.lineNo && line.totalFen === b.lines[at].totalFen);
