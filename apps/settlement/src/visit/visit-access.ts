import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import type { Visit, VisitEvent, VisitState } from './visit.js';
import { lockVisits } from './visit.repository.js';
import { visitEventNames, visitHints, visitStateNames, visitTransitions } from './visit.transitions.js';

/** An institution acts only for itself: a foreign visit, or one of another person, is simply not there. */
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
  visit !== undefined && visit.institutionCode === institutionCode && visit.personNo === personNo;

/** The state after an event, or the refusal that names what comes first. */
export function nextState(visit: Visit, event: VisitEvent): Outcome<VisitState> {
  return visitTransitions.next(visit.status, event) ?? notNow(visit, event);
}

const notNow = ({ status }: Visit, event: VisitEvent): Refusal =>
  refuse('VISIT_NOT_READY', {
    state: visitStateNames[status],
    action: visitEventNames[event],
    hint: visitHints[status],
  });
