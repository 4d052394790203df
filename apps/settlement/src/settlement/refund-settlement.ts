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
import type { Setting, Visit } from '../visit/visit.js';
import { liveSettlement, reversedBy } from './reversed-settlement.repository.js';
import { completedPayload, refundOf } from './settlement.js';
import type { Settlement } from './settlement.js';
import { findSettlement, insertSettlements, nextSettlementIds } from './settlement.repository.js';
import type { StoredSettlement } from './settlement.repository.js';

export interface RefundCommand {
  readonly institutionCode: string;
  readonly settlementId: string;
  readonly visitId: string;
  readonly personNo: string;
  readonly msgid: string;
  /** Which kind of visit the transaction is for; null where any will do. */
  readonly setting?: Setting;
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
    const named = await findSettlement(tx, settlementId);
    if (named?.visitId !== visitId) return refuse('SETTLEMENT_UNKNOWN');
    if (named.kind === 'refund') return refuse('REFUND_OF_REFUND');
    if (command.setting !== undefined && command.setting !== visit.setting)
      return refuse('WRONG_SETTING', { action: '以此交易撤销结算', visitId });
    if ((await reversedBy(tx, settlementId)) !== undefined) return refuse('SETTLEMENT_REVERSED', { settlementId });
    const original = await liveSettlement(tx, named);
    return original === undefined ? refuse('ALREADY_REFUNDED') : this.takeBack(tx, visit, original, msgid);
  }

  /** The same for a settlement that is known to stand, under its own id; the institution may never have heard of it. */
  async standing(tx: Transaction, command: RefundCommand): Promise<Outcome<Settlement>> {
    const { institutionCode, settlementId, visitId, personNo, msgid } = command;
    const visit = await ownVisit(tx, institutionCode, visitId, personNo);
    const original = await findSettlement(tx, settlementId);
    return isRefusal(visit) || original === undefined
      ? refuse('SETTLEMENT_UNKNOWN')
      : this.takeBack(tx, visit, original, msgid);
  }

  private async takeBack(
    tx: Transaction,
    visit: Visit,
    original: StoredSettlement,
    msgid: string,
  ): Promise<Outcome<Settlement>> {
    const { personNo, visitId } = original;
    const status = nextState(visit, 'refund');
    if (isRefusal(status)) return status;

    const settledAt = this.clock.now();
    const settledOn = dayOf(settledAt);
    const [refundId = ''] = await nextSettlementIds(tx, [{ treatmentArea: visit.treatmentArea, settledOn }]);
    const accountBalanceAfterFen = await this.homeSide.refund(tx, {
      settlementId: refundId,
      refundOf: original.settlementId,
      personNo,
      homeArea: original.homeArea,
      settledOn,
      settledAt,
    });
    const refund = refundOf(original, { settlementId: refundId, settledOn, settledAt, accountBalanceAfterFen, msgid });
    await insertSettlements(tx, [refund]);
    await tx.query('update fee_line set settlement_id = null where settlement_id = $1', [original.settlementId]);
    await moveVisits(tx, [visitId], [status]);
    await this.outbox.publish(tx, settlementCompleted, {
      aggregateId: visitId,
      aggregateVersion: visit.version + 1,
      payload: completedPayload(refund),
    });
    return refund;
  }
}
