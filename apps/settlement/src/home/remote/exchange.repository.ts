import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Exchange, ExchangeEvent, ExchangeState } from './exchange.js';
import { exchangeTransitions } from './exchange.transitions.js';

const columns = `exchange_id as "exchangeId", counterpart, state, visit_id as "visitId", person_no as "personNo",
  home_area as "homeArea", treatment_area as "treatmentArea", institution_code as "institutionCode", request`;

export async function insertExchange(tx: Transaction, exchange: Exchange): Promise<void> {
  await tx.query(
    `insert into home_exchange (exchange_id, counterpart, state, visit_id, person_no, home_area, treatment_area, institution_code, request)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[exchange.exchangeId, exchange.counterpart, exchange.state, exchange.visitId, exchange.personNo],
      ...[exchange.homeArea, exchange.treatmentArea, exchange.institutionCode, exchange.request],
    ],
  );
}

export const lockExchange = (
  tx: Transaction,
  exchangeId: string,
): Promise<(Exchange & { share: unknown }) | undefined> =>
  one(tx, `select ${columns}, share from home_exchange where exchange_id = $1 for update`, [exchangeId]);

/** One step of the lifecycle; answers whether it was possible. */
export async function moveExchange(
  tx: Transaction,
  exchangeId: string,
  event: ExchangeEvent,
  share?: unknown,
): Promise<boolean> {
  const steps = exchangeTransitions.rows.filter(({ on }) => on === event);
  const moved = await rows(
    tx,
    `with moved as (
       update home_exchange e set state = s.after, changed_at = now(), next_try_at = now(), tries = 0, share = coalesce($4::jsonb, share)
       from unnest($2::text[], $3::text[]) as s (before, after) where exchange_id = $1 and e.state = s.before returning 1)
     select 1 from moved`,
    [
      exchangeId,
      steps.map(({ from }) => from),
      steps.map(({ to }) => to),
      share === undefined ? null : JSON.stringify(share),
    ],
  );
  return moved.length > 0;
}

/** What this person's bills have left open with the home side: as long as it is unclear, a new answer would count it twice. */
export const doubtfulOf = (tx: Transaction, personNo: string): Promise<Exchange[]> =>
  rows(tx, `select ${columns} from home_exchange where person_no = $1 and state = 'doubtful' order by exchange_id`, [
    personNo,
  ]);

export interface DueExchange extends Exchange {
  /** Seconds since it came into its state. */
  readonly openForSeconds: number;
}

const tellable: readonly ExchangeState[] = ['doubtful', 'committed', 'owed'];

/** Takes what is due to be told next, so that no other process tells it at the same time; it pauses longer from try to try. */
export const claimDue = (tx: Transaction, most: number): Promise<DueExchange[]> =>
  rows(
    tx,
    `with due as (
       select exchange_id from home_exchange where state = any($1) and next_try_at <= now()
       order by next_try_at limit $2 for update skip locked),
     claimed as (
       update home_exchange e set tries = tries + 1, next_try_at = now() + least(300, 2 ^ least(tries, 9)) * interval '1 second'
       from due where e.exchange_id = due.exchange_id returning e.*)
     select ${columns}, extract(epoch from now() - changed_at)::float as "openForSeconds"
     from claimed order by exchange_id`,
    [tellable, most],
  );

/** 无人认领: asked or granted by a process that died; what it would have settled, it has not. */
export async function abandonOld(tx: Transaction, seconds: number): Promise<void> {
  await tx.query(
    `update home_exchange set state = 'doubtful', changed_at = now(), next_try_at = now(), tries = 0
     where state in ('asked', 'granted') and changed_at < now() - $1 * interval '1 second'`,
    [seconds],
  );
}

/** Answers whether this changed anything: a matter is opened once and closed once. */
export async function markMatter(tx: Transaction, exchangeId: string, open: boolean): Promise<boolean> {
  const marked = await one(
    tx,
    `with marked as (update home_exchange set matter_opened = $2 where exchange_id = $1 and matter_opened <> $2 returning 1)
     select 1 from marked`,
    [exchangeId, open],
  );
  return marked !== undefined;
}

/** The balance that the home side told last, after what was settled and refunded here since; its own books decide. */
export async function lastToldBalance(tx: Transaction, personNo: string): Promise<bigint> {
  const found = await one<{ balance: bigint }>(
    tx,
    `select account_balance_after_fen as balance from settlement where person_no = $1 order by settled_at desc, settlement_id desc limit 1`,
    [personNo],
  );
  return found?.balance ?? 0n;
}
