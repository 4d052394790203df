import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Deduction } from './declaration.repository.js';

/**
 * 退费与其原结算: from a settlement to its refund, from a refund that was reversed to what was put in its place, and so on. A
 * message id is an institution's own, so a reversal is looked for within the visit.
 */
const forward = `
  select w.root, n.settlement_id, n.kind from walk w cross join lateral (
    select r.settlement_id, r.kind from settlement r where w.kind = 'charge' and r.refund_of = w.settlement_id
    union all
    select a.settlement_id, a.kind
    from settlement r join reversed_settlement x on x.settlement_id = r.settlement_id
      join reversed_settlement y on y.reversal_msgid = x.reversal_msgid
      join settlement a on a.settlement_id = y.settlement_id and a.visit_id = r.visit_id and a.kind = 'charge'
        and a.settlement_id <> r.refund_of
    where w.kind = 'refund' and r.settlement_id = w.settlement_id) as n`;

/** The same way back, from a refund to the charge that was declared. */
const back = `
  select w.root, o.refund_of, o.visit_id
  from walk w join reversed_settlement x on x.settlement_id = w.charge
    join reversed_settlement y on y.reversal_msgid = x.reversal_msgid
    join settlement o on o.settlement_id = y.settlement_id and o.visit_id = w.visit_id and o.kind = 'refund'
      and o.refund_of <> w.charge`;

/** Settlements of a declaration that were refunded since, in whatever month: of these nothing is left to deduct. */
export async function refundedOf(tx: Transaction, declarationId: string): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `with recursive walk (root, settlement_id, kind) as (
       select settlement_id, settlement_id, kind from settlement where declaration_id = $1 and kind = 'charge'
       union all ${forward})
     select root as id from walk group by root having count(*) filter (where kind = 'refund') = count(*) filter (where kind = 'charge')`,
    [declarationId],
  );
  return new Set(found.map(({ id }) => id));
}

/** What was deducted from the charges that the refunds of a declaration take back, under the id of the refund. */
export const deductedBeforeRefund = (tx: Transaction, declarationId: string): Promise<Deduction[]> =>
  rows<Deduction>(
    tx,
    `with recursive walk (root, charge, visit_id) as (
       select settlement_id, refund_of, visit_id from settlement where declaration_id = $1 and kind = 'refund'
       union all ${back})
     select w.root as "settlementId", d.fund_type as "fundType", d.amount_fen as "amountFen"
     from walk w join audit_deduction d on d.settlement_id = w.charge order by 1, 2`,
    [declarationId],
  );
