import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { orThrow, RefusedException, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { RefundSettlement } from '../settlement/refund-settlement.js';
import { liveSettlement, markReversed } from '../settlement/reversed-settlement.repository.js';
import { settlementsOfVisit } from '../settlement/settlement.repository.js';
import { ChangeVisit } from './change-visit.js';
import { RecordLines } from './record-lines.js';
import { keepUndo, lockVisits } from './visit.repository.js';
import type { Visit } from './visit.js';

export interface UndoVisitCommand {
  readonly visitId: string;
  readonly reason: string;
  /** Whether the hospital has the settlement in its books; if not, it never happened for it. */
  readonly bookedByHospital: boolean;
}

export interface UndoStep {
  readonly step: 'refund' | 'undo-discharge' | 'cancel-charges' | 'cancel';
  readonly detail: string;
}

/**
 * 就诊逐级撤销: one call that takes a stuck visit back in the order that the interface demands: settlements, discharge, fees,
 * registration; all of it or nothing. Then the patient can be registered and settled anew.
 */
@Injectable()
export class UndoVisit {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly refundSettlement: RefundSettlement,
    private readonly changeVisit: ChangeVisit,
    private readonly recordLines: RecordLines,
  ) {}

  async execute(command: UndoVisitCommand, caller: Caller): Promise<Outcome<UndoStep[]>> {
    try {
      return await this.database.transaction(async (tx) => {
        const [visit] = await lockVisits(tx, [command.visitId]);
        if (visit === undefined || !isWithin(caller.scope, visit.treatmentArea))
          throw new RefusedException(refuse('NOT_FOUND', { what: '该就诊' }));
        if (visit.status === 'cancelled') return [];
        const steps = await this.undo(tx, visit, command);
        const { subject } = caller;
        await keepUndo(tx, visit, { by: subject, reason: command.reason, steps, at: this.clock.now() });
        return steps;
      });
    } catch (error) {
      if (error instanceof RefusedException) return error.refusal;
      throw error;
    }
  }

  private async undo(tx: Transaction, visit: Visit, command: UndoVisitCommand): Promise<UndoStep[]> {
    const steps: UndoStep[] = [];
    for (const settlement of (await settlementsOfVisit(tx, visit.visitId)).reverse()) {
      if (
        settlement.kind === 'refund' ||
        (await liveSettlement(tx, settlement))?.settlementId !== settlement.settlementId
      )
        continue;
      const { settlementId, institutionCode, visitId, personNo, declarationId } = settlement;
      const msgid = `UNDO-${settlementId}`;
      const key = { institutionCode, settlementId, visitId, personNo, msgid };
      const refund = orThrow(await this.refundSettlement.standing(tx, key));
      if (!command.bookedByHospital && declarationId === null)
        await markReversed(tx, [settlementId, refund.settlementId], msgid, this.clock.now());
      steps.push({ step: 'refund', detail: `${settlementId} → ${refund.settlementId}` });
    }
    const reread = async (): Promise<Visit> => (await lockVisits(tx, [visit.visitId]))[0] ?? visit;
    const discharged = await reread();
    if (discharged.status === 'discharged') {
      orThrow(await this.changeVisit.undoDischarge(tx, discharged));
      steps.push({ step: 'undo-discharge', detail: discharged.dischargedOn ?? '' });
    }
    const open = await reread();
    const lines = orThrow(await this.recordLines.cancel(tx, open, () => true));
    if (lines > 0) steps.push({ step: 'cancel-charges', detail: String(lines) });
    orThrow(await this.changeVisit.cancel(tx, await reread()));
    return [...steps, { step: 'cancel', detail: visit.visitId }];
  }
}
