import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock, dayOf } from '#shared/clock';
import { settlementCompleted } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { HomeSide } from '../home/home-side.js';
import { nextState, ownVisit } from '../visit/visit-access.js';
import { moveVisits } from '../visit/visit.repository.js';
import { refundEvent } from '../visit/visit.transitions.js';
import { completedPayload, refundOf } from './settlement.js';
import type { Settlement } from './settlement.js';
import { findRefundOf, findSettlement, insertSettlements, nextSettlementIds } from './settlement.repository.js';

export interface RefundCommand {
  readonly institutionCode: string;
  readonly settlementId: string;
  readonly visitId: string;
  readonly personNo: string;
  readonly msgid: string;
}

/** 结算撤销: a new record with every amount negated, also when others were settled since (隔笔); those stay as they are. */
@Injectable()
export class RefundSettlement {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly homeSide: HomeSide,
  ) {}

  async execute(tx: Transaction, command: RefundCommand): Promise<Outcome<Settlement>> {
    const { institutionCode, settlementId, visitId, personNo, msgid } = command;
    const visit = await ownVisit(tx, institutionCode, visitId, personNo);
    if (isRefusal(visit)) return refuse('SETTLEMENT_UNKNOWN');
    const original = await findSettlement(tx, settlementId);
    if (original?.visitId !== visitId) return refuse('SETTLEMENT_UNKNOWN');
    if (original.kind === 'refund') return refuse('REFUND_OF_REFUND');
    if ((await findRefundOf(tx, settlementId)) !== undefined) return refuse('ALREADY_REFUNDED');
    const status = nextState(visit, refundEvent(visit.setting));
    if (isRefusal(status)) return status;

    const settledAt = this.clock.now();
    const settledOn = dayOf(settledAt);
    const [refundId = ''] = await nextSettlementIds(tx, [{ treatmentArea: visit.treatmentArea, settledOn }]);
    const accountBalanceAfterFen = await this.homeSide.refund(tx, {
      settlementId: refundId,
      refundOf: settlementId,
      personNo,
      settledOn,
      settledAt,
    });
    const refund = refundOf(original, { settlementId: refundId, settledOn, settledAt, accountBalanceAfterFen, msgid });
    await insertSettlements(tx, [refund]);
    await tx.query('update fee_line set settlement_id = null where settlement_id = $1', [settlementId]);
    await moveVisits(tx, [visitId], [status]);
    await this.outbox.publish(tx, settlementCompleted, {
      aggregateId: visitId,
      aggregateVersion: visit.version + 1,
      payload: completedPayload(refund),
    });
    return refund;
  }
}
