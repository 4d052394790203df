import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import { isDirect } from '../reimbursement/case-number.js';
import type { PartyLine, StoredDifference, Totals } from './reconciliation.js';

export interface Group {
  readonly institutionCode: string;
  readonly setting: 'inpatient' | 'outpatient';
  /** null for all schemes. */
  readonly scheme: string | null;
  readonly from: Day;
  readonly to: Day;
}

const parameters = ({ institutionCode, setting, scheme, from, to }: Group): unknown[] => [
  institutionCode,
  setting,
  scheme,
  from,
  to,
];
/** 已冲正: a settlement that was reversed, and what reversed it, never happened for the institution. */
export const notReversed = `settlement_id not in (select r.settlement_id from reversed_settlement r)`;
const inGroup = `institution_code = $1 and setting = $2 and ($3::text is null or scheme = $3) and settled_on between $4 and $5 and ${notReversed}`;

export async function treatmentTotals(tx: Transaction, group: Group, withRefunds: boolean): Promise<Totals> {
  const found = await one<{ n: number; total: Fen; fund: Fen; account: Fen }>(
    tx,
    `select count(*)::int as n, coalesce(sum(total_fen), 0)::bigint as total, coalesce(sum(fund_fen), 0)::bigint as fund,
            coalesce(sum(personal_account_fen), 0)::bigint as account
     from settlement where ${inGroup} and ($6 or kind = 'charge')`,
    [...parameters(group), withRefunds],
  );
  return {
    settlements: found?.n ?? 0,
    totalFen: found?.total ?? 0n,
    fundFen: found?.fund ?? 0n,
    accountFen: found?.account ?? 0n,
  };
}

const partyColumns = `settlement_id as "settlementId", total_fen as "totalFen", fund_fen as "fundFen",
  personal_account_fen as "accountFen", refund_of is not null as refund`;

export const treatmentLines = (tx: Transaction, group: Group): Promise<PartyLine[]> =>
  rows(tx, `select ${partyColumns} from settlement where ${inGroup}`, parameters(group));

export const homeLines = (tx: Transaction, group: Group): Promise<PartyLine[]> =>
  rows(tx, `select ${partyColumns} from home_settlement where ${inGroup} and ${isDirect}`, parameters(group));

export interface Statement {
  readonly treatmentArea: string;
  readonly stated: Totals;
  readonly withRefunds: boolean;
  readonly balanced: boolean;
  readonly at: Date;
}

/** What an institution says about a group; what it says later stands. */
export async function keepStatement(tx: Transaction, group: Group, statement: Statement): Promise<void> {
  const { treatmentArea, stated, withRefunds, balanced, at } = statement;
  await tx.query(
    `insert into statement (institution_code, scheme, clearing_type, begin_day, end_day, balanced, total_fen, fund_fen, account_fen,
       settlements, stated_at, treatment_area, with_refunds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (institution_code, scheme, clearing_type, begin_day, end_day) do update set balanced = excluded.balanced,
       total_fen = excluded.total_fen, fund_fen = excluded.fund_fen, account_fen = excluded.account_fen,
       settlements = excluded.settlements, stated_at = excluded.stated_at, with_refunds = excluded.with_refunds`,
    [
      ...[group.institutionCode, group.scheme ?? '', group.setting, group.from, group.to, balanced],
      ...[stated.totalFen, stated.fundFen, stated.accountFen, stated.settlements, at, treatmentArea, withRefunds],
    ],
  );
}

const differenceColumns = `difference_id as "differenceId", day, kind, settlement_id as "settlementId", institution_code as "institutionCode",
  home_area as "homeArea", treatment_area as "treatmentArea", fund_fen as "fundFen", account_fen as "accountFen", state,
  found_on as "foundOn", resolved_on as "resolvedOn"`;

export const openDifferences = (tx: Transaction, group: Group): Promise<StoredDifference[]> =>
  rows(
    tx,
    `select ${differenceColumns} from difference where state = 'open' and institution_code = $1 and day between $2 and $3 and setting = $4`,
    [group.institutionCode, group.from, group.to, group.setting],
  );

export const differencesOn = (tx: Transaction, day: Day): Promise<StoredDifference[]> =>
  rows(tx, `select ${differenceColumns} from difference where day = $1 order by difference_id`, [day]);

export async function countOpenDifferences(tx: Transaction, homeArea: string, from: Day, to: Day): Promise<number> {
  const found = await one<{ n: number }>(
    tx,
    `select count(*)::int as n from difference where state = 'open' and home_area = $1 and day between $2 and $3`,
    [homeArea, from, to],
  );
  return found?.n ?? 0;
}

/** Opens a difference; one that had gone and comes back is a new one. Undefined when it is open already. */
export function openDifference(
  tx: Transaction,
  difference: Omit<StoredDifference, 'differenceId' | 'state' | 'resolvedOn'> & Pick<Group, 'setting'>,
): Promise<StoredDifference | undefined> {
  return one<StoredDifference>(
    tx,
    `insert into difference (day, kind, settlement_id, institution_code, home_area, treatment_area, fund_fen, account_fen, state, found_on, setting)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10)
     on conflict (day, settlement_id, kind) where state = 'open' do nothing
     returning ${differenceColumns}`,
    [
      ...[difference.day, difference.kind, difference.settlementId, difference.institutionCode, difference.homeArea],
      ...[difference.treatmentArea, difference.fundFen, difference.accountFen, difference.foundOn, difference.setting],
    ],
  );
}

export async function resolveDifference(tx: Transaction, differenceId: bigint, on: Day): Promise<void> {
  await tx.query(`update difference set state = 'resolved', resolved_on = $2 where difference_id = $1`, [
    differenceId,
    on,
  ]);
}

/** What is known of a settlement that differs, from whichever side has it. */
export function placeOf(
  tx: Transaction,
  settlementId: string,
): Promise<{ homeArea: string; treatmentArea: string; day: Day; fundFen: Fen; accountFen: Fen } | undefined> {
  return one(
    tx,
    `select home_area as "homeArea", treatment_area as "treatmentArea", settled_on as day, fund_fen as "fundFen", personal_account_fen as "accountFen"
     from settlement where settlement_id = $1
     union select home_area, treatment_area, settled_on, fund_fen, personal_account_fen from home_settlement where settlement_id = $1
       and not exists (select 1 from settlement where settlement_id = $1)`,
    [settlementId],
  );
}

export interface PartyTotals {
  readonly party: 'institution' | 'treatment' | 'home';
  readonly settlements: number;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
}

export const partyTotals = (tx: Transaction, day: Day): Promise<PartyTotals[]> =>
  rows(
    tx,
    `select 'institution' as party, coalesce(sum(settlements), 0)::int as settlements, coalesce(sum(total_fen), 0)::bigint as "totalFen",
            coalesce(sum(fund_fen), 0)::bigint as "fundFen", coalesce(sum(account_fen), 0)::bigint as "accountFen"
     from statement where begin_day = $1 and end_day = $1
     union all
     select 'treatment', count(*)::int, coalesce(sum(total_fen), 0)::bigint, coalesce(sum(fund_fen), 0)::bigint,
            coalesce(sum(personal_account_fen), 0)::bigint from settlement where settled_on = $1 and ${notReversed}
     union all
     select 'home', count(*)::int, coalesce(sum(total_fen), 0)::bigint, coalesce(sum(fund_fen), 0)::bigint,
            coalesce(sum(personal_account_fen), 0)::bigint from home_settlement where settled_on = $1 and ${notReversed} and ${isDirect}`,
    [day],
  );

export async function keepConfirmation(
  tx: Transaction,
  homeArea: string,
  period: string,
  on: Day,
  by: string,
): Promise<void> {
  await tx.query(
    `insert into reconciliation_confirmation (home_area, period, confirmed_on, confirmed_by) values ($1, $2, $3, $4) on conflict do nothing`,
    [homeArea, period, on, by],
  );
}
