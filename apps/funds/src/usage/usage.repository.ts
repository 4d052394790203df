import type { Day, Month } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import type { WarningLevel } from './rules/warning-level.js';

export interface ClearedPair {
  readonly payer: string;
  readonly payee: string;
  readonly clearedFen: Fen;
}

export async function keepCleared(
  tx: Transaction,
  period: Month,
  signedOn: Day,
  pairs: readonly ClearedPair[],
): Promise<void> {
  for (const { payer, payee, clearedFen } of pairs) {
    await tx.query(
      'insert into cleared_pair (period, payer, payee, cleared_fen, signed_on) values ($1, $2, $3, $4, $5)',
      [...[period, payer, payee, clearedFen, signedOn]],
    );
  }
}

export interface UsagePair extends ClearedPair {
  readonly prepaymentFen: Fen;
}

/** What was cleared in a period and what lies with the payee for it, per pair; quotas of the year of the period. */
export const usagePairs = (tx: Transaction, period: Month): Promise<UsagePair[]> =>
  rows<UsagePair>(
    tx,
    `select payer, payee, coalesce(cleared_fen, 0)::bigint as "clearedFen", coalesce(quota_fen, 0)::bigint as "prepaymentFen"
     from (select payer, payee, cleared_fen from cleared_pair where period = $1) c
     full join (select payer, payee, quota_fen from quota where year = $2 and state = 'approved') q using (payer, payee)
     order by payee, payer`,
    [period, Number(period.slice(0, 4))],
  );

export const wasCleared = async (tx: Transaction, period: Month): Promise<boolean> =>
  (await one(tx, 'select 1 from cleared_pair where period = $1 limit 1', [period])) !== undefined;

export async function lockEpisode(tx: Transaction, payee: string): Promise<WarningLevel> {
  await tx.query(`insert into warning_episode (payee, level) values ($1, 'green') on conflict do nothing`, [payee]);
  const found = await one<{ level: WarningLevel }>(
    tx,
    'select level from warning_episode where payee = $1 for update',
    [payee],
  );
  return found?.level ?? 'green';
}

export async function saveEpisode(tx: Transaction, payee: string, level: WarningLevel): Promise<void> {
  await tx.query('update warning_episode set level = $2 where payee = $1', [payee, level]);
}

export interface Warning {
  readonly warningNo: string;
  readonly period: Month;
  readonly payee: string;
  readonly level: 'yellow' | 'red';
  readonly percent: string;
  readonly clearedFen: Fen;
  readonly prepaymentFen: Fen;
  readonly raisedOn: Day;
}

export async function insertWarning(tx: Transaction, one: Warning): Promise<void> {
  await tx.query(
    `insert into warning (warning_no, period, payee, level, percent, cleared_fen, prepayment_fen, raised_on) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [one.warningNo, one.period, one.payee, one.level, one.percent, one.clearedFen, one.prepaymentFen, one.raisedOn],
  );
}

export const warningsOf = (tx: Transaction, period: Month): Promise<Warning[]> =>
  rows<Warning>(
    tx,
    `select warning_no as "warningNo", period, payee, level, percent, cleared_fen as "clearedFen", prepayment_fen as "prepaymentFen", raised_on as "raisedOn"
     from warning where period = $1 order by payee`,
    [period],
  );
