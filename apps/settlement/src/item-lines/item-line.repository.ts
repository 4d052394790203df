import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { AreaScope, Transaction } from '#shared/database';
import type { Settlement } from '../settlement/settlement.js';
import type { SettlementLine } from '../settlement/settlement.repository.js';

/** A line of a settlement with what the home area wants to know of the settlement itself. */
export interface ItemLine
  extends
    Omit<SettlementLine, 'visitId' | 'settlementId' | 'firstPayRatio' | 'priceLimitFen' | 'position'>,
    Pick<
      Settlement,
      | 'settlementId'
      | 'settledOn'
      | 'personNo'
      | 'scheme'
      | 'setting'
      | 'medType'
      | 'homeArea'
      | 'treatmentArea'
      | 'institutionCode'
    > {
  readonly itemName: string | null;
  readonly institutionName: string | null;
  readonly firstPayRatio: string;
  readonly refunded: boolean;
}

const columns = `s.settlement_id as "settlementId", s.settled_on as "settledOn", s.person_no as "personNo", s.scheme, s.setting,
  s.med_type as "medType", s.home_area as "homeArea", s.treatment_area as "treatmentArea", s.institution_code as "institutionCode",
  l.line_no as "lineNo", l.item_code as "itemCode", l.category, l.class, l.first_pay_ratio as "firstPayRatio", l.price, l.quantity,
  l.occurred_on as "occurredOn", l.total_fen as "totalFen", l.own_expense_fen as "ownExpenseFen", l.over_limit_fen as "overLimitFen",
  l.first_pay_fen as "firstPayFen", l.in_scope_fen as "inScopeFen", l.outside_institution as "outsideInstitution",
  (select c.name from catalogue_item c where c.area = s.treatment_area and c.code = l.item_code and c.from_day <= l.occurred_on
     and (c.to_day is null or l.occurred_on <= c.to_day)) as "itemName",
  (select i.name from institution i where i.code = s.institution_code) as "institutionName",
  exists (select 1 from settlement r where r.refund_of = s.settlement_id) as refunded`;

export interface ItemLineQuestion {
  readonly home: AreaScope;
  readonly from: Day;
  readonly to: Day;
  readonly setting: Settlement['setting'];
}

interface Place {
  readonly settledOn: Day;
  readonly settlementId: string;
}

const settlementsPerPage = 100;

/** The next settlements in the order of their days; lines belong to charges, a refund has those of its charge. */
const nextSettlements = (tx: Transaction, wanted: ItemLineQuestion, after: Place): Promise<Place[]> =>
  rows<Place>(
    tx,
    `select s.settled_on as "settledOn", s.settlement_id as "settlementId" from settlement s
     where s.settled_on between $1 and $2 and s.setting = $3 and ($4 = '*' or s.home_area like $4 || '%') and s.kind = 'charge'
       and (s.settled_on, s.settlement_id) > ($5, $6)
     order by s.settled_on, s.settlement_id limit ${settlementsPerPage}`,
    [wanted.from, wanted.to, wanted.setting, wanted.home.prefix, after.settledOn, after.settlementId],
  );

export const linesOf = (tx: Transaction, settlementIds: readonly string[]): Promise<ItemLine[]> =>
  rows<ItemLine>(
    tx,
    `select ${columns} from settlement s join settlement_line l using (settlement_id)
     where s.settlement_id = any($1) order by s.settled_on, s.settlement_id, l.position, l.line_no`,
    [settlementIds],
  );

/** One page of lines and where it ends; undefined after the last. Settlements are never changed, so pages never overlap. */
export async function nextLines(
  tx: Transaction,
  wanted: ItemLineQuestion,
  after: Place,
): Promise<{ lines: ItemLine[]; last: Place } | undefined> {
  const settlements = await nextSettlements(tx, wanted, after);
  const last = settlements.at(-1);
  if (last === undefined) return undefined;
  const ids = settlements.map(({ settlementId }) => settlementId);
  return { lines: await linesOf(tx, ids), last };
}

/** 明细已齐: open duties of days that are over, every settlement of which has lines that make up its amounts. */
export const completeItemLines = (
  tx: Transaction,
  kind: string,
  today: Day,
): Promise<{ owner: string; subject: string }[]> =>
  rows(
    tx,
    `select o.owner, o.subject from obligation o
     where o.kind = $1 and o.state in ('open', 'overdue') and o.opened_on < $2 and not exists (
       select 1 from settlement s
       where s.treatment_area = o.owner and s.home_area = o.beneficiary and s.settled_on = o.opened_on
         and s.setting = 'inpatient' and s.kind = 'charge'
         and s.total_fen <> (select coalesce(sum(l.total_fen), 0) from settlement_line l where l.settlement_id = s.settlement_id))
     order by o.owner, o.subject`,
    [kind, today],
  );
