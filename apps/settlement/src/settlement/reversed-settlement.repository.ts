import { one } from '#shared/database';
import type { Transaction } from '#shared/database';
import { findRefundOf, findSettlement } from './settlement.repository.js';
import type { StoredSettlement } from './settlement.repository.js';

/** 已冲正: the settlement and what took it back; neither exists for the institution that reversed. */
export async function markReversed(
  tx: Transaction,
  settlementIds: readonly string[],
  reversalMsgid: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into reversed_settlement (settlement_id, reversal_msgid, reversed_at)
     select id, $2, $3 from unnest($1::text[]) as t (id)`,
    [...[settlementIds, reversalMsgid, at]],
  );
}

/** The message that reversed a settlement. */
export async function reversedBy(tx: Transaction, settlementId: string): Promise<string | undefined> {
  const found = await one<{ msgid: string }>(
    tx,
    'select reversal_msgid as msgid from reversed_settlement where settlement_id = $1',
    [settlementId],
  );
  return found?.msgid;
}

/**
 * The settlement whose money stands today for one that a hospital names: itself, or the one that was put in its place when
 * its refund was reversed. Undefined when it is refunded.
 */
export async function liveSettlement(tx: Transaction, named: StoredSettlement): Promise<StoredSettlement | undefined> {
  const refund = await findRefundOf(tx, named.settlementId);
  if (refund === undefined) return named;
  const reversal = await reversedBy(tx, refund.settlementId);
  if (reversal === undefined) return undefined;
  const instead = await one<{ id: string }>(
    tx,
    `select s.settlement_id as id from reversed_settlement r join settlement s using (settlement_id)
     where r.reversal_msgid = $1 and s.visit_id = $2 and s.kind = 'charge' and s.settlement_id <> $3`,
    [reversal, named.visitId, named.settlementId],
  );
  const next = instead === undefined ? undefined : await findSettlement(tx, instead.id);
  return next === undefined ? undefined : liveSettlement(tx, next);
}
