import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { RefusedException, refuse } from '#shared/errors';

export interface MessageKey {
  readonly institutionCode: string;
  readonly msgid: string;
}

/** Whom and what a message is about, as far as it says so itself. */
export interface MessageSubject {
  readonly personNo: string | null;
  readonly visitId: string | null;
}

export type MessageState = 'query' | 'running' | 'done' | 'refused' | 'cancelled' | 'reversed';

export interface KnownMessage extends MessageKey, MessageSubject {
  readonly infno: string;
  readonly sha256: Buffer;
  readonly state: MessageState;
  readonly answer: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly reversedBy: string | null;
}

const columns = `institution_code as "institutionCode", msgid, person_no as "personNo", visit_id as "visitId", infno,
  request_sha256 as sha256, state, answer, started_at as "startedAt", ended_at as "endedAt", reversed_by as "reversedBy"`;

const keyOf = ({ institutionCode, msgid }: MessageKey): string[] => [institutionCode, msgid];

export interface NewMessage extends MessageSubject {
  readonly infno: string;
  readonly sha256: Buffer;
  readonly state: 'query' | 'running' | 'cancelled';
  readonly at: Date;
  readonly reversedBy?: string;
}

/** True when nobody has used this id before; it is then in the given state. */
export async function startMessage(tx: Transaction, key: MessageKey, message: NewMessage): Promise<boolean> {
  const started = await one(
    tx,
    `insert into gateway_message (institution_code, msgid, infno, request_sha256, state, started_at, person_no, visit_id, reversed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning msgid`,
    [
      ...[...keyOf(key), message.infno, message.sha256, message.state, message.at, message.personNo],
      ...[message.visitId, message.reversedBy ?? null],
    ],
  );
  return started !== undefined;
}

export const lockMessage = (tx: Transaction, key: MessageKey): Promise<KnownMessage | undefined> =>
  one<KnownMessage>(
    tx,
    `select ${columns} from gateway_message where institution_code = $1 and msgid = $2 for update`,
    keyOf(key),
  );

export const messagesOfVisit = (tx: Transaction, visitId: string): Promise<KnownMessage[]> =>
  rows<KnownMessage>(
    tx,
    `select ${columns} from gateway_message where visit_id = $1 and state <> 'query' order by started_at, msgid`,
    [visitId],
  );

export async function restartMessage(tx: Transaction, key: MessageKey, at: Date): Promise<void> {
  await tx.query(
    `update gateway_message set state = 'running', started_at = $3 where institution_code = $1 and msgid = $2`,
    [...keyOf(key), at],
  );
}

export interface MessageAnswer extends MessageKey {
  readonly answer: string;
  /** The visit that the message opened; null where it said itself which visit it is about. */
  readonly visitId: string | null;
  readonly at: Date;
}

/** The answers commit together with what they tell; a message that was reversed meanwhile takes its effect back with it. */
export async function finishMessages(tx: Transaction, answers: readonly MessageAnswer[]): Promise<void> {
  const finished = await rows<{ msgid: string }>(
    tx,
    `with touched as (
     update gateway_message m set state = 'done', answer = a.answer, ended_at = a.at, visit_id = coalesce(a.visit_id, m.visit_id)
     from (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
             as t (institution_code, msgid, answer, visit_id, at)) as a
     where m.institution_code = a.institution_code and m.msgid = a.msgid and m.state = 'running' returning m.msgid)
     select msgid from touched`,
    [
      answers.map(({ institutionCode }) => institutionCode),
      answers.map(({ msgid }) => msgid),
      answers.map(({ answer }) => answer),
      answers.map(({ visitId }) => visitId),
      answers.map(({ at }) => at),
    ],
  );
  if (finished.length === answers.length) return;
  const done = new Set(finished.map(({ msgid }) => msgid));
  const missing = answers.find(({ msgid }) => !done.has(msgid));
  const reversed = missing === undefined ? undefined : await lockMessage(tx, missing);
  if (reversed?.state === 'cancelled')
    throw new RefusedException(refuse('MESSAGE_REVERSED', { msgid: reversed.msgid }));
  throw new Error('a message was answered that nobody had started');
}

/** Nothing was done: the same message may come again. */
export async function releaseMessage(tx: Transaction, key: MessageKey, at: Date): Promise<void> {
  await tx.query(
    `update gateway_message set state = 'refused', ended_at = $3
     where institution_code = $1 and msgid = $2 and state = 'running'`,
    [...keyOf(key), at],
  );
}

/** 冲正: the message counts as never done. */
export async function cancelMessage(
  tx: Transaction,
  key: MessageKey,
  state: 'cancelled' | 'reversed',
  reversedBy: string,
): Promise<void> {
  await tx.query('update gateway_message set state = $3, reversed_by = $4 where institution_code = $1 and msgid = $2', [
    ...keyOf(key),
    state,
    reversedBy,
  ]);
}
