import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { lockVisits } from '../visit/visit.repository.js';
import type { CaseEvent, CaseState, ReimbursementCase } from './reimbursement-case.js';
import { caseEventNames, caseRefusals, caseTransitions } from './reimbursement-case.transitions.js';
import { findCase, lockCase } from './reimbursement.repository.js';

/** The home agency acts only for its own people. The visit is locked before the case, in the order of the settlement. */
export async function lockOwnCase(
  tx: Transaction,
  caseNo: string,
  caller: Caller,
): Promise<Outcome<ReimbursementCase>> {
  const found = await findCase(tx, caseNo);
  if (found === undefined || !isWithin(caller.scope, found.homeArea))
    return refuse('NOT_FOUND', { what: '该报销案件' });
  if (found.visitId !== null) await lockVisits(tx, [found.visitId]);
  return (await lockCase(tx, caseNo)) ?? refuse('NOT_FOUND', { what: '该报销案件' });
}

/** The state after an event, or the refusal that names what stands in the way. */
export function nextCaseState(
  { state, caseNo }: Pick<ReimbursementCase, 'state' | 'caseNo'>,
  event: CaseEvent,
): Outcome<CaseState> {
  const next = caseTransitions.next(state, event);
  if (next !== undefined) return next;
  const code = caseRefusals[state][event];
  if (code === undefined) throw new Error(`nobody says why ${state} does not allow ${event}`);
  return refuse(code, { caseNo, action: caseEventNames[event] });
}
