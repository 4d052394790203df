import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Caller } from '#shared/identity';
import type { StoredPerson } from './person.repository.js';

/** 查看留痕: who looked at whom, when and why. */
export interface Access {
  readonly personNo: string;
  readonly homeArea: string;
  readonly kind: 'reveal' | 'visit';
  readonly actor: string;
  readonly agency: string;
  readonly reason: string;
  readonly happenedAt: Date;
}

export async function logAccess(
  tx: Transaction,
  { personNo, homeArea }: Pick<StoredPerson, 'personNo' | 'homeArea'>,
  { kind, reason, at, caller }: { kind: Access['kind']; reason: string; at: Date; caller: Caller },
): Promise<void> {
  await tx.query(
    `insert into access_log (person_no, home_area, kind, actor, agency, reason, happened_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [personNo, homeArea, kind, caller.subject, caller.agency, reason, at],
  );
}

export const accessesOf = (tx: Transaction, personNo: string | null): Promise<Access[]> =>
  rows<Access>(
    tx,
    `select person_no as "personNo", home_area as "homeArea", kind, actor, agency, reason, happened_at as "happenedAt"
     from access_log where $1::text is null or person_no = $1 order by id desc limit 500`,
    [personNo],
  );
