import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Figures, PlannedStop, StopState } from './planned-stop.js';

const columns = `stop_no::int as "stopNo", state, reason, announced_at as "announcedAt", announced_by as "announcedBy",
  begins_at as "beginsAt", ends_at as "endsAt", figures_before as "figuresBefore", figures_after as "figuresAfter",
  reopened_because as "reopenedBecause"`;
const open = `state in ('announced', 'draining', 'stopped')`;

export const openStop = (tx: Transaction): Promise<PlannedStop | undefined> =>
  one<PlannedStop>(tx, `select ${columns} from planned_stop where ${open}`);

export const findStop = (tx: Transaction, stopNo: number): Promise<PlannedStop | undefined> =>
  one<PlannedStop>(tx, `select ${columns} from planned_stop where stop_no = $1`, [stopNo]);

export const lockStop = (tx: Transaction, stopNo: number): Promise<PlannedStop | undefined> =>
  one<PlannedStop>(tx, `select ${columns} from planned_stop where stop_no = $1 for update`, [stopNo]);

/** Undefined where another stop is open already. */
export const announceStop = (
  tx: Transaction,
  stop: Pick<PlannedStop, 'reason' | 'announcedAt' | 'announcedBy' | 'beginsAt' | 'endsAt'>,
): Promise<PlannedStop | undefined> =>
  one<PlannedStop>(
    tx,
    `with fresh as (
       insert into planned_stop (state, reason, announced_at, announced_by, begins_at, ends_at)
       values ('announced', $1, $2, $3, $4, $5) on conflict do nothing returning *)
     select ${columns} from fresh`,
    [stop.reason, stop.announcedAt, stop.announcedBy, stop.beginsAt, stop.endsAt],
  );

export interface StopMove {
  readonly state: StopState;
  readonly by: string;
  readonly at: Date;
  readonly because?: string;
}

export async function moveStop(tx: Transaction, stopNo: number, move: StopMove): Promise<PlannedStop> {
  const moved = await one<PlannedStop>(
    tx,
    `with moved as (
       update planned_stop set state = $2, moved_by = $3, moved_at = $4, reopened_because = $5 where stop_no = $1 returning *)
     select ${columns} from moved`,
    [stopNo, move.state, move.by, move.at, move.because ?? null],
  );
  if (moved === undefined) throw new Error(`planned stop ${stopNo} is gone`);
  return moved;
}

/** The figures of a stop: those from before the switch once, those from after it as they were last seen. */
export async function keepFigures(
  tx: Transaction,
  stopNo: number,
  { before, after }: { readonly before?: Figures; readonly after?: Figures },
): Promise<void> {
  await tx.query(
    `update planned_stop set figures_before = coalesce(figures_before, $2::jsonb), figures_after = coalesce($3::jsonb, figures_after)
     where stop_no = $1 and state = 'stopped'`,
    [stopNo, before === undefined ? null : JSON.stringify(before), after === undefined ? null : JSON.stringify(after)],
  );
}

/** 在途业务: messages that are being worked on, and what is registered and not finished. */
export interface UnderWay {
  readonly runningMessages: number;
  readonly admitted: number;
  readonly dischargedUnsettled: number;
  readonly unsettledLines: number;
}

export async function underWay(tx: Transaction): Promise<UnderWay> {
  const [found] = await rows<UnderWay>(
    tx,
    `select (select count(*) from gateway_message where state = 'running')::int as "runningMessages",
            (select count(*) from visit where status = 'admitted')::int as admitted,
            (select count(*) from visit where status = 'discharged')::int as "dischargedUnsettled",
            (select count(*) from fee_line where settlement_id is null)::int as "unsettledLines"`,
  );
  if (found === undefined) throw new Error('counts always have a row');
  return found;
}

/** 切换前后核对的数量与金额: counts and sums that a switch must not change, whatever numbers of persons it maps. */
export async function businessFigures(tx: Transaction): Promise<Figures> {
  const found = await rows<{ name: string; value: string }>(
    tx,
    `select 'visits ' || status as name, count(*)::text as value from visit group by status
     union all select 'lines', count(*)::text from fee_line
     union all select 'lines fen', coalesce(sum(total_fen), 0)::text from fee_line
     union all select 'settlements ' || kind, count(*)::text from settlement group by kind
     union all select 'settlements fen ' || part, sum(fen)::text from settlement, lateral (values ('total', total_fen),
       ('fund', fund_fen), ('account', personal_account_fen), ('cash', cash_fen), ('hospital', hospital_fen)) as p (part, fen) group by part
     union all select 'funds fen ' || fund_type, sum(amount_fen)::text from settlement_fund group by fund_type
     union all select 'home settlements', count(*)::text from home_settlement
     union all select 'home funds fen', coalesce(sum(fund_fen), 0)::text from home_settlement
     union all select 'accumulators ' || scheme || ' ' || benefit_year || ' ' || name, sum(amount)::text
       from accumulator group by scheme, benefit_year, name
     union all select 'accounts fen', coalesce(sum(balance_fen), 0)::text from account
     union all select 'messages done', count(*)::text from gateway_message where state = 'done'
     union all select 'declarations ' || state, count(*)::text from declaration group by state
     union all select 'payments fen', coalesce(sum(paid_fen), 0)::text from institution_payment
     union all select 'self-pay bills', count(*)::text from self_pay_bill`,
  );
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}
