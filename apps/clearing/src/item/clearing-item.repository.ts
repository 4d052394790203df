import type { Day, Month } from '#shared/clock';
import type { chargesAudited, PayloadOf, settlementCompleted, transferConfirmed } from '#shared/contracts';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { parseYuan, sum } from '#shared/money';
import { provinceOf } from '#shared/regions';
import type { ClearingItem } from './clearing-item.js';

export async function keepSettlement(tx: Transaction, one: PayloadOf<typeof settlementCompleted>): Promise<void> {
  await tx.query(
    `insert into clearing_item (settlement_id, refund_of, person_no, home_area, treatment_area, payer, payee, institution_code, scheme, setting,
       settled_on, fund_fen, account_fen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[
        one.settlementId,
        one.refundOf,
        one.personNo,
        one.homeArea,
        one.treatmentArea,
        provinceOf(one.homeArea),
        provinceOf(one.treatmentArea),
      ],
      ...[one.institutionCode, one.scheme, one.setting, one.settledOn],
      ...[sum(one.funds.map(({ amount }) => parseYuan(amount))), parseYuan(one.personalAccount)],
    ],
  );
}

export async function keepAudit(tx: Transaction, audited: PayloadOf<typeof chargesAudited>): Promise<void> {
  for (const { settlementId, deductions } of audited.settlements) {
    await tx.query(
      'insert into audited_settlement (settlement_id, declaration_id, cost_month, audited_on) values ($1, $2, $3, $4)',
      [...[settlementId, audited.declarationId, audited.costMonth, audited.auditedOn]],
    );
    for (const { fundType, amount } of deductions) {
      await tx.query('insert into deduction (settlement_id, fund_type, amount_fen) values ($1, $2, $3)', [
        settlementId,
        fundType,
        parseYuan(amount),
      ]);
    }
  }
}

export async function keepTransfer(tx: Transaction, one: PayloadOf<typeof transferConfirmed>): Promise<void> {
  await tx.query(
    `insert into confirmed_transfer (transfer_no, purpose, period, payer, payee, amount_fen, confirmed_on) values ($1, $2, $3, $4, $5, $6, $7)`,
    [one.transferNo, one.purpose, one.period, one.payer, one.payee, parseYuan(one.amount), one.confirmedOn],
  );
}

const columns = `i.settlement_id as "settlementId", i.home_area as "homeArea", i.treatment_area as "treatmentArea", i.payer, i.payee, i.scheme,
  i.settled_on as "settledOn", i.fund_fen as "fundFen", i.account_fen as "accountFen",
  coalesce((select sum(d.amount_fen) from deduction d where d.settlement_id = i.settlement_id), 0)::bigint as "deductedFen"`;

export const itemsOf = (tx: Transaction, period: Month): Promise<ClearingItem[]> =>
  rows<ClearingItem>(tx, `select ${columns} from clearing_item i where i.period = $1 order by i.settlement_id`, [
    period,
  ]);

export interface LateItem {
  readonly settlementId: string;
  readonly settledOn: Day;
}

export interface Taken {
  readonly items: number;
  readonly late: number;
}

/** The charge that a refund takes back, as far as it is audited: it is cleared, or not cleared yet, or will never be. */
const charge = `clearing_item o join audited_settlement oa on oa.settlement_id = o.settlement_id`;

/**
 * Puts a province's audited items into a period: costs of its month, and late ones that may still come. A refund goes the way
 * of its charge (N42): what was cleared flows back however late, and what was never cleared has nothing to give back.
 */
export async function takeIntoPeriod(
  tx: Transaction,
  period: Month,
  payee: string,
  from: Day,
  to: Day,
  regularFrom: Day,
): Promise<Taken> {
  const found = await one<Taken>(
    tx,
    `with taken as (
       update clearing_item i set period = $1, late = i.settled_on < $5
       from audited_settlement a
       where a.settlement_id = i.settlement_id and i.period is null and i.payee = $2 and i.settled_on <= $4
         and coalesce((select o.period is not null or o.settled_on >= $3 from ${charge} where o.settlement_id = i.refund_of),
                      i.settled_on >= $3)
       returning i.late)
     select count(*)::int as items, (count(*) filter (where late))::int as late from taken`,
    [period, payee, from, to, regularFrom],
  );
  return found ?? { items: 0, late: 0 };
}

/** 逾期费用: audited, in no period, and older than what a period may still take, or the refund of such a one; the oldest first. */
export const tooLate = (tx: Transaction, payee: string, from: Day): Promise<LateItem[]> =>
  rows<LateItem>(
    tx,
    `select i.settlement_id as "settlementId", i.settled_on as "settledOn"
     from clearing_item i join audited_settlement a using (settlement_id)
     where i.period is null and i.payee = $1 and (i.settled_on < $2 or exists (
       select 1 from ${charge} where o.settlement_id = i.refund_of and o.period is null and o.settled_on < $2))
     order by i.settled_on, i.settlement_id limit 1000`,
    [payee, from],
  );

export const treatmentProvincesOf = async (tx: Transaction, from: Day, to: Day): Promise<string[]> => {
  const found = await rows<{ payee: string }>(
    tx,
    `select distinct payee from clearing_item where settled_on between $1 and $2 order by payee`,
    [from, to],
  );
  return found.map(({ payee }) => payee);
};
