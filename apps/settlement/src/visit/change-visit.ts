import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Visit } from './visit.js';
import { nextState } from './visit-access.js';
import { deleteLines, linesOfVisits, moveVisits, setDischarge } from './visit.repository.js';

/** 出院办理、出院撤销、登记撤销: the moves of a visit that are not about money. */
@Injectable()
export class ChangeVisit {
  async discharge(tx: Transaction, visit: Visit, dischargedOn: Day, diagnoses: unknown): Promise<Outcome<Visit>> {
    if (visit.setting !== 'inpatient') return refuse('VISIT_UNKNOWN');
    if (dischargedOn < visit.admittedOn) return refuse('ENVELOPE_INVALID', { detail: '出院时间早于入院时间' });
    return this.move(tx, visit, 'discharge', dischargedOn, diagnoses);
  }

  undoDischarge(tx: Transaction, visit: Visit): Promise<Outcome<Visit>> {
    return this.move(tx, visit, 'undo-discharge', null, undefined);
  }

  /** Cancels a registration; lines that were not settled go with it. */
  async cancel(tx: Transaction, visit: Visit): Promise<Outcome<Visit>> {
    const lines = await linesOfVisits(tx, [visit.visitId]);
    if (lines.some(({ settlementId }) => settlementId !== null)) return refuse('LINES_SETTLED');
    const cancelled = await this.move(tx, visit, 'cancel', visit.dischargedOn, undefined);
    if (!isRefusal(cancelled))
      await deleteLines(
        tx,
        visit.visitId,
        lines.map(({ lineNo }) => lineNo),
      );
    return cancelled;
  }

  private async move(
    tx: Transaction,
    visit: Visit,
    event: 'discharge' | 'undo-discharge' | 'cancel',
    dischargedOn: Day | null,
    diagnoses: unknown,
  ): Promise<Outcome<Visit>> {
    const status = nextState(visit, event);
    if (isRefusal(status)) return status;
    await setDischarge(tx, visit.visitId, dischargedOn, diagnoses);
    await moveVisits(tx, [visit.visitId], [status]);
    return { ...visit, status, dischargedOn };
  }
}
