import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { isCaseNumber } from '../reimbursement/case-number.js';
import type { Setting, Visit, VisitEvent, VisitState } from './visit.js';
import { lockVisits } from './visit.repository.js';
import { visitEventNames, visitRefusals, visitTransitions } from './visit.transitions.js';

/**
 * An institution acts only for itself: a foreign visit, or one of another person, is simply not there. A person whose number
 * was merged since is found under both.
 */
export async function ownVisit(
  tx: Transaction,
  institutionCode: string,
  visitId: string,
  personNo: string,
): Promise<Outcome<Visit>> {
  const [visit] = await lockVisits(tx, [visitId]);
  return isOwn(visit, institutionCode, personNo) ? visit : refuse('VISIT_UNKNOWN');
}

export const isOwn = (visit: Visit | undefined, institutionCode: string, personNo: string): visit is Visit =>
  visit !== undefined &&
  visit.institutionCode === institutionCode &&
  (visit.personNo === personNo || visit.livingNo === personNo);

/** A stay that home has reimbursed as a whole stays as it is. */
const changesTheBill: ReadonlySet<VisitEvent> = new Set([
  'charge',
  'cancel-charges',
  'try',
  'undo-discharge',
  'settle',
]);

/** The state after an event, or the refusal that names what stands in the way. */
export function nextState(visit: Visit, event: VisitEvent): Outcome<VisitState> {
  const { settledBy } = visit;
  if (visit.setting === 'inpatient' && isCaseNumber(settledBy) && changesTheBill.has(event))
    return refuse('REIMBURSED', { caseNo: settledBy });
  return visitTransitions.next(visit.status, event) ?? notNow(visit, event);
}

function notNow({ status, visitId, settledBy }: Visit, event: VisitEvent): Refusal {
  const code = visitRefusals[status][event];
  if (code === undefined) throw new Error(`nobody says why ${status} does not allow ${event}`);
  return refuse(code, { action: visitEventNames[event], visitId, settlementId: settledBy ?? '' });
}

const settingNames: Record<Setting, string> = { inpatient: '住院', outpatient: '门诊' };

/** Outpatient numbers are for outpatients, inpatient numbers for inpatients. */
export const ofSetting = (visit: Visit, wanted: Setting): Outcome<Visit> =>
  visit.setting === wanted
    ? visit
    : refuse('WRONG_SETTING', { action: `按${settingNames[wanted]}办理`, visitId: visit.visitId });
