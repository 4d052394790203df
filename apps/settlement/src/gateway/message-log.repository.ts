import { one } from '#shared/database';
import type { Transaction } from '#shared/database';

export interface MessageKey {
  readonly institutionCode: string;
  readonly msgid: string;
}

export interface KnownMessage {
  readonly infno: string;
  readonly sha256: Buffer;
  readonly state: 'running' | 'done' | 'refused';
  readonly answer: string | null;
  readonly startedAt: Date;
}

/** True when the message is new; it is then marked as running. */
export async function startMessage(
  tx: Transaction,
  key: MessageKey,
  message: { infno: string; sha256: Buffer; at: Date },
): Promise<boolean> {
  const started = await one(
    tx,
    `insert into gateway_message (institution_code, msgid, infno, request_sha256, state, started_at)
     values ($1, $2, $3, $4, 'running', $5) on conflict do nothing returning msgid`,
    [key.institutionCode, key.msgid, message.infno, message.sha256, message.at],
  );
  return started !== undefined;
}

export const lockMessage = (tx: Transaction, key: MessageKey): Promise<KnownMessage | undefined> =>
  one<KnownMessage>(
    tx,
    `select infno, request_sha256 as sha256, state, answer, started_at as "startedAt"
     from gateway_message where institution_code = $1 and msgid = $2 for update`,
    [key.institutionCode, key.msgid],
  );

export async function restartMessage(tx: Transaction, key: MessageKey, at: Date): Promise<void> {
  await tx.query(
    `update gateway_message set state = 'running', started_at = $3 where institution_code = $1 and msgid = $2`,
    [...[key.institutionCode, key.msgid, at]],
  );
}

/** The answers commit together with what they tell; a message that is not running any more is a bug. */
export async function finishMessages(
  tx: Transaction,
  answers: readonly (MessageKey & { answer: string })[],
): Promise<void> {
  const found = await one<{ n: number }>(
    tx,
    `with touched as (
       update gateway_message m set state = 'done', answer = a.answer
       from (select * from unnest($1::text[], $2::text[], $3::text[]) as t (institution_code, msgid, answer)) as a
       where m.institution_code = a.institution_code and m.msgid = a.msgid and m.state = 'running' returning 1)
     select count(*)::int as n from touched`,
    [
      answers.map(({ institutionCode }) => institutionCode),
      answers.map(({ msgid }) => msgid),
      answers.map(({ answer }) => answer),
    ],
  );
  if (found?.n !== answers.length) throw new Error('a message was answered that nobody had started');
}

/** Nothing was done: the same message may come again. */
export async function releaseMessage(tx: Transaction, key: MessageKey): Promise<void> {
  await tx.query(
    `update gateway_message set state = 'refused' where institution_code = $1 and msgid = $2 and state = 'running'`,
    [...[key.institutionCode, key.msgid]],
  );
}
