import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Details, Visit } from './visit.js';
import { isPlausibleAdmission } from './rules/plausible-admission.js';
import { nextState } from './visit-access.js';
import { changeVisit, linesOfVisits, moveVisits } from './visit.repository.js';
import type { VisitChange } from './visit.repository.js';

/** 信息变更、出院办理、出院撤销、登记撤销: the moves of a visit that are not about money. */
@Injectable()
export class ChangeVisit {
  constructor(private readonly clock: Clock) {}

  /** 就诊信息变更: what is given replaces what was there. */
  async describe(tx: Transaction, visit: Visit, change: VisitChange): Promise<Outcome<Visit>> {
    const { admittedOn } = change;
    if (admittedOn !== undefined) {
      if (!isPlausibleAdmission(admittedOn, this.clock.today()))
        return refuse('ADMISSION_DAY_WRONG', { day: admittedOn });
      const firstLine = (await linesOfVisits(tx, [visit.visitId])).map(({ occurredOn }) => occurredOn).sort()[0];
      if (firstLine !== undefined && admittedOn > firstLine)
        return refuse('ENVELOPE_INVALID', { detail: '入院时间晚于已上传的费用' });
    }
    return this.move(tx, visit, 'describe', change);
  }

  async discharge(
    tx: Transaction,
    visit: Visit,
    dischargedOn: Day,
    diagnoses: unknown,
    details: Details = {},
  ): Promise<Outcome<Visit>> {
    const state = nextState(visit, 'discharge');
    if (isRefusal(state)) return state;
    if (dischargedOn < visit.admittedOn) return refuse('ENVELOPE_INVALID', { detail: '出院时间早于入院时间' });
    return this.move(tx, visit, 'discharge', { dischargedOn, diagnoses, details });
  }

  undoDischarge(tx: Transaction, visit: Visit): Promise<Outcome<Visit>> {
    return this.move(tx, visit, 'undo-discharge', { dischargedOn: null });
  }

  /** Cancels a registration. Charges are cancelled before it, so that the hospital knows what it takes back. */
  async cancel(tx: Transaction, visit: Visit): Promise<Outcome<Visit>> {
    const state = nextState(visit, 'cancel');
    if (isRefusal(state)) return state;
    const lines = await linesOfVisits(tx, [visit.visitId]);
    const settled = lines.find(({ settlementId }) => settlementId !== null);
    if (settled !== undefined) return refuse('LINES_SETTLED', { settlementId: settled.settlementId ?? '' });
    if (lines.length > 0) return refuse('VISIT_HAS_FEES', { count: lines.length, undo: undoFees[visit.setting] });
    return this.move(tx, visit, 'cancel', {});
  }

  private async move(
    tx: Transaction,
    visit: Visit,
    event: 'describe' | 'discharge' | 'undo-discharge' | 'cancel',
    change: VisitChange,
  ): Promise<Outcome<Visit>> {
    const status = nextState(visit, event);
    if (isRefusal(status)) return status;
    await changeVisit(tx, visit.visitId, change);
    await moveVisits(tx, [visit.visitId], [status]);
    return {
      ...visit,
      status,
      dischargedOn: change.dischargedOn === undefined ? visit.dischargedOn : change.dischargedOn,
    };
  }
}

const undoFees = { inpatient: '2302', outpatient: '2205' } as const;
