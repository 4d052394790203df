import type { obligationChanged, PayloadOf } from '#shared/contracts';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';

type Obligation = PayloadOf<typeof obligationChanged>;

export async function keepObligation(tx: Transaction, one: Obligation, version: number): Promise<void> {
  await tx.query(
    `insert into board_obligation as b (obligation_id, service, kind, owner, owner_area, beneficiary, subject, article, opened_on, due_on, met_on, hard, state, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (obligation_id) do update set due_on = excluded.due_on, met_on = excluded.met_on, state = excluded.state, version = excluded.version
     where excluded.version > b.version`,
    [
      ...[one.obligationId, one.service, one.kind, one.owner, one.ownerArea, one.beneficiary, one.subject, one.article],
      ...[one.openedOn, one.dueOn, one.metOn, one.hard, one.state, version],
    ],
  );
}

export const listObligations = (
  tx: Transaction,
  wanted: { owner: string | null; kind: string | null; state: string | null; service: string | null },
): Promise<Obligation[]> =>
  rows<Obligation>(
    tx,
    `select obligation_id as "obligationId", service, kind, owner, owner_area as "ownerArea", beneficiary, subject, article, opened_on as "openedOn",
            due_on as "dueOn", met_on as "metOn", hard, state
     from board_obligation
     where ($1::text is null or owner = $1) and ($2::text is null or kind = $2) and ($3::text is null or state = $3) and ($4::text is null or service = $4)
     order by due_on, obligation_id limit 5000`,
    [wanted.owner, wanted.kind, wanted.state, wanted.service],
  );
