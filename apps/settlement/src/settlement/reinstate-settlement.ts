import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock, dayOf } from '#shared/clock';
import { settlementCompleted } from '#shared/contracts';
import { one } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { lockBalances } from '../account/account.repository.js';
import { HomeSide } from '../home/home-side.js';
import { Counterparts } from '../home/remote/counterparts.js';
import { lockPersons } from '../person/known-person.repository.js';
import { nextState } from '../visit/visit-access.js';
import type { Visit } from '../visit/visit.js';
import { moveVisits } from '../visit/visit.repository.js';
import { completedPayload } from './settlement.js';
import type { Settlement } from './settlement.js';
import {
  assignLines,
  findSettlement,
  insertSettlements,
  linesOfSettlement,
  nextSettlementIds,
} from './settlement.repository.js';
import type { SettlementLine, StoredSettlement } from './settlement.repository.js';

/**
 * 退费的冲正: what was refunded stands again, fen for fen, as a new record. Only while nothing else has happened to the person
 * since: another settlement may have used the room under a cap that the refund set free.
 */
@Injectable()
export class ReinstateSettlement {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly homeSide: HomeSide,
    private readonly counterparts: Counterparts,
  ) {}

  async execute(tx: Transaction, visit: Visit, refund: StoredSettlement, msgid: string): Promise<Outcome<Settlement>> {
    const original = refund.refundOf === null ? undefined : await findSettlement(tx, refund.refundOf);
    if (original === undefined) throw new Error(`${refund.settlementId} refunds nothing`);
    // Another deployment cannot be held still while it is asked whether anything happened since.
    if (this.counterparts.serving(refund.homeArea) !== undefined) return refuse('REFUND_NOT_REVERSIBLE');
    await lockPersons(tx, [refund.personNo]);
    if (await somethingHappenedSince(tx, refund)) return refuse('REFUND_NOT_REVERSIBLE');
    const balances = await lockBalances(tx, [refund.personNo]);
    if ((balances.get(refund.personNo) ?? 0n) < original.personalAccountFen) return refuse('REFUND_NOT_REVERSIBLE');
    const lines = await linesOfSettlement(tx, original.settlementId);
    if (!(await areFree(tx, lines))) return refuse('REFUND_NOT_REVERSIBLE');
    const status = nextState(visit, 'settle');
    if (isRefusal(status)) return status;

    const settledAt = this.clock.now();
    const settledOn = dayOf(settledAt);
    const [settlementId = ''] = await nextSettlementIds(tx, [{ treatmentArea: visit.treatmentArea, settledOn }]);
    const accountBalanceAfterFen = await this.homeSide.refund(tx, {
      settlementId,
      refundOf: refund.settlementId,
      personNo: refund.personNo,
      homeArea: refund.homeArea,
      settledOn,
      settledAt,
    });
    const again: Settlement = { ...original, settlementId, settledOn, settledAt, accountBalanceAfterFen, msgid };
    await insertSettlements(tx, [again]);
    await assignLines(
      tx,
      lines.map(({ visitId, lineNo }) => ({ visitId, lineNo, settlementId })),
    );
    await moveVisits(tx, [visit.visitId], [status]);
    await this.outbox.publish(tx, settlementCompleted, {
      aggregateId: visit.visitId,
      aggregateVersion: visit.version + 1,
      payload: completedPayload(again),
    });
    return again;
  }
}

async function somethingHappenedSince(tx: Transaction, refund: StoredSettlement): Promise<boolean> {
  const found = await one(
    tx,
    `select 1 from settlement where person_no = $1 and settled_at >= $2 and settlement_id <> all ($3::text[]) limit 1`,
    [refund.personNo, refund.settledAt, [refund.settlementId, refund.refundOf]],
  );
  return found !== undefined;
}

/** The lines of the settlement are still there as they were, and belong to no other. */
async function areFree(tx: Transaction, lines: readonly SettlementLine[]): Promise<boolean> {
  const visitIds = lines.map(({ visitId }) => visitId);
  const lineNos = lines.map(({ lineNo }) => lineNo);
  const found = await one<{ n: number }>(
    tx,
    `select count(*)::int as n from fee_line f
     join unnest($1::text[], $2::text[], $3::bigint[]) as w (visit_id, line_no, total_fen) using (visit_id, line_no, total_fen)
     where f.settlement_id is null`,
    [visitIds, lineNos, lines.map(({ totalFen }) => totalFen)],
  );
  return found?.n === lines.length;
}
