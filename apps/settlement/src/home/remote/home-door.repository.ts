import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { OpenExchange } from './exchange-difference.js';

/** 参保地侧的受理记录: what this home side was asked by another deployment, one row per settlement id for ever. */
export interface DoorEntry extends OpenExchange {
  readonly counterpart: string;
  /** What was asked, as text; empty where a reversal came first. */
  readonly request: string;
  /** `granted` until the treatment side says that it settled, or that it did not. */
  readonly state: 'granted' | 'confirmed' | 'refunded' | 'reversed';
  readonly answer: unknown;
}

const columns = `exchange_id as "exchangeId", counterpart, request, state, answer, home_area as "homeArea",
  treatment_area as "treatmentArea", institution_code as "institutionCode"`;

/** Answers false when the id is known already; the row is locked either way. */
export async function enterDoor(tx: Transaction, entry: DoorEntry): Promise<boolean> {
  const entered = await rows(
    tx,
    `with entered as (
       insert into home_door (exchange_id, counterpart, request, state, answer, home_area, treatment_area, institution_code)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1)
     select 1 from entered`,
    [
      ...[entry.exchangeId, entry.counterpart, entry.request, entry.state, JSON.stringify(entry.answer)],
      ...[entry.homeArea, entry.treatmentArea, entry.institutionCode],
    ],
  );
  return entered.length > 0;
}

export const lockEntry = (tx: Transaction, exchangeId: string): Promise<DoorEntry | undefined> =>
  one<DoorEntry>(tx, `select ${columns} from home_door where exchange_id = $1 for update`, [exchangeId]);

export async function keepAnswer(tx: Transaction, exchangeId: string, answer: unknown): Promise<void> {
  await tx.query('update home_door set answer = $2 where exchange_id = $1', [exchangeId, JSON.stringify(answer)]);
}

/** Answers whether a matter was open about it, which is closed with it. */
export async function closeEntry(
  tx: Transaction,
  exchangeId: string,
  state: Exclude<DoorEntry['state'], 'granted'>,
): Promise<boolean> {
  const [closed] = await rows<{ matter: boolean }>(
    tx,
    `with before as (select exchange_id, matter_opened from home_door where exchange_id = $1 for update),
     closed as (update home_door d set state = $2, matter_opened = false, changed_at = now() from before
       where d.exchange_id = before.exchange_id returning before.matter_opened)
     select matter_opened as matter from closed`,
    [exchangeId, state],
  );
  return closed?.matter === true;
}

/** 未确认: granted for longer than this, and nothing heard since; each is answered once. */
export const markUnheard = (tx: Transaction, counterpart: string, seconds: number): Promise<DoorEntry[]> =>
  rows<DoorEntry>(
    tx,
    `with marked as (
       update home_door set matter_opened = true
       where counterpart = $1 and state = 'granted' and not matter_opened and changed_at < now() - $2 * interval '1 second' returning *)
     select ${columns} from marked order by exchange_id`,
    [counterpart, seconds],
  );
