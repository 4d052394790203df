import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { VisitState } from './visit.js';
import type { ExchangeLeg, MessageLeg, SettlementLeg, VisitLegs } from './visit-legs.js';

export const isVisible = async (tx: Transaction, visitId: string): Promise<boolean> =>
  (await one(tx, 'select 1 from visit where visit_id = $1', [visitId])) !== undefined;

/** Everything that is known of a visit, on every side. */
export async function readLegs(tx: Transaction, visitId: string): Promise<VisitLegs> {
  const visit = await one<{ status: VisitState }>(tx, 'select status from visit where visit_id = $1', [visitId]);
  if (visit === undefined) throw new Error('a visit that may be seen is there');
  const settlements = await rows<SettlementLeg>(
    tx,
    `select s.settlement_id as "settlementId", s.kind, s.refund_of as "refundOf", s.total_fen as "totalFen", s.fund_fen as "fundFen",
            s.personal_account_fen as "accountFen", r.settlement_id is not null as reversed, h.fund_fen as "homeFundFen",
            h.personal_account_fen as "homeAccountFen"
     from settlement s left join home_settlement h using (settlement_id) left join reversed_settlement r using (settlement_id)
     where s.visit_id = $1 order by s.settled_at, s.settlement_id`,
    [visitId],
  );
  const messages = await rows<MessageLeg>(
    tx,
    `select msgid, infno, state, started_at as "startedAt", ended_at as "endedAt", reversed_by as "reversedBy"
     from gateway_message where visit_id = $1 and state <> 'query' order by started_at, msgid`,
    [visitId],
  );
  const exchanges = await rows<ExchangeLeg>(
    tx,
    `select exchange_id as "exchangeId", counterpart, state from home_exchange
     where visit_id = $1 and state not in ('refused', 'confirmed', 'reversed', 'acknowledged') order by exchange_id`,
    [visitId],
  );
  const unsent = await one<{ n: number }>(tx, 'select count(*)::int as n from outbox where key = $1', [visitId]);
  return { ...visit, settlements, messages, exchanges, unsent: unsent?.n ?? 0 };
}
