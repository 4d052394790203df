import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { RefundSettlement } from '../settlement/refund-settlement.js';
import { ReinstateSettlement } from '../settlement/reinstate-settlement.js';
import { liveSettlement, markReversed } from '../settlement/reversed-settlement.repository.js';
import { findSettlement } from '../settlement/settlement.repository.js';
import { ChangeVisit } from '../visit/change-visit.js';
import { RecordLines } from '../visit/record-lines.js';
import { ownVisit } from '../visit/visit-access.js';
import type { Visit } from '../visit/visit.js';
import type { KnownMessage } from './message-log.repository.js';

type Undo = (tx: Transaction, visit: Visit, original: KnownMessage, by: string) => Promise<Outcome<unknown>>;

/** 冲正的动作: for every transaction that 2601 undoes, what takes its effect back. */
@Injectable()
export class UndoEffect {
  constructor(
    private readonly clock: Clock,
    private readonly changeVisit: ChangeVisit,
    private readonly recordLines: RecordLines,
    private readonly refundSettlement: RefundSettlement,
    private readonly reinstateSettlement: ReinstateSettlement,
  ) {}

  private readonly undos: Readonly<Record<string, Undo>> = {
    '2201': (tx, visit) => this.changeVisit.cancel(tx, visit),
    '2401': (tx, visit) => this.changeVisit.cancel(tx, visit),
    '2402': (tx, visit) => this.changeVisit.undoDischarge(tx, visit),
    '2204': (tx, visit, original) => this.removeLines(tx, visit, original),
    '2301': (tx, visit, original) => this.removeLines(tx, visit, original),
    '2207': (tx, visit, original, by) => this.unsettle(tx, visit, original, by),
    '2304': (tx, visit, original, by) => this.unsettle(tx, visit, original, by),
    '2208': (tx, visit, original, by) => this.reinstate(tx, visit, original, by),
    '2305': (tx, visit, original, by) => this.reinstate(tx, visit, original, by),
  };

  async execute(tx: Transaction, original: KnownMessage, by: string): Promise<Outcome<unknown>> {
    const undo = this.undos[original.infno];
    const { institutionCode, visitId, personNo } = original;
    if (undo === undefined || visitId === null || personNo === null)
      throw new Error(`nobody knows how to undo ${original.infno}`);
    const visit = await ownVisit(tx, institutionCode, visitId, personNo);
    return isRefusal(visit) ? visit : undo(tx, visit, original, by);
  }

  /** Exactly the lines of this message; such as were there before it stay. */
  private removeLines(tx: Transaction, visit: Visit, { msgid }: KnownMessage): Promise<Outcome<unknown>> {
    return this.recordLines.cancel(tx, visit, (line) => line.msgid === msgid);
  }

  private async unsettle(tx: Transaction, visit: Visit, original: KnownMessage, by: string): Promise<Outcome<unknown>> {
    const settlement = await findSettlement(tx, settlementIdIn(original));
    if (settlement === undefined) throw new Error(`${original.msgid} settled nothing`);
    // Refunded since by the hospital itself: there is nothing left to take back, and its books show both.
    if ((await liveSettlement(tx, settlement)) === undefined) return undefined;
    const { institutionCode, visitId, personNo } = settlement;
    const { settlementId } = settlement;
    const refund = await this.refundSettlement.execute(tx, {
      ...{ institutionCode, settlementId, visitId, personNo },
      msgid: by,
    });
    if (isRefusal(refund)) return refund;
    if (settlement.declarationId === null)
      await markReversed(tx, [settlementId, refund.settlementId], by, this.clock.now());
    return visit;
  }

  private async reinstate(
    tx: Transaction,
    visit: Visit,
    original: KnownMessage,
    by: string,
  ): Promise<Outcome<unknown>> {
    const refund = await findSettlement(tx, settlementIdIn(original));
    if (refund === undefined) throw new Error(`${original.msgid} refunded nothing`);
    if (refund.declarationId !== null) return refuse('REVERSAL_TOO_LATE', { what: '费用申报' });
    const again = await this.reinstateSettlement.execute(tx, visit, refund, by);
    if (isRefusal(again)) return again;
    await markReversed(tx, [refund.settlementId, again.settlementId], by, this.clock.now());
    return again;
  }
}

/** The settlement that the stored answer of a message names. */
function settlementIdIn({ answer }: KnownMessage): string {
  const { setlinfo } = JSON.parse(answer ?? '{}') as { setlinfo?: { setl_id?: string } };
  return setlinfo?.setl_id ?? '';
}
