import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Matter, MatterEvent } from './matter.js';

const columns = `matter_no as "matterNo", type, cause, reference, subject, details, asker, responsible, state, opened_on as "openedOn",
  due_on as "dueOn", answered_on as "answeredOn", answer, confirm_by as "confirmBy", closed_on as "closedOn", reason, round, version`;

export const lockMatter = (tx: Transaction, matterNo: string): Promise<Matter | undefined> =>
  one<Matter>(tx, `select ${columns} from matter where matter_no = $1 for update`, [matterNo]);

export const lockMatterFor = (tx: Transaction, reference: string): Promise<Matter | undefined> =>
  one<Matter>(tx, `select ${columns} from matter where reference = $1 for update`, [reference]);

export const listMatters = (
  tx: Transaction,
  wanted: { state: string | null; cause: string | null },
): Promise<Matter[]> =>
  rows<Matter>(
    tx,
    `select ${columns} from matter where ($1::text is null or state = $1) and ($2::text is null or cause = $2) order by matter_no limit 1000`,
    [wanted.state, wanted.cause],
  );

export const silentMatters = (tx: Transaction, today: Day): Promise<Matter[]> =>
  rows<Matter>(
    tx,
    `select ${columns} from matter where state = 'answered' and confirm_by < $1 order by matter_no for update`,
    [today],
  );

export async function nextMatterNo(tx: Transaction, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('matter_number') as n`);
  return `M${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(6, '0')}`;
}

export async function saveMatter(
  tx: Transaction,
  matter: Matter,
  change: { event: MatterEvent | 'open'; on: Day; actor: string; words: string | null },
): Promise<void> {
  await tx.query(
    `insert into matter (matter_no, type, cause, reference, subject, details, asker, responsible, state, opened_on, due_on, answered_on, answer,
       confirm_by, closed_on, reason, round, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (matter_no) do update set state = excluded.state, due_on = excluded.due_on, answered_on = excluded.answered_on,
       answer = excluded.answer, confirm_by = excluded.confirm_by, closed_on = excluded.closed_on, reason = excluded.reason, round = excluded.round,
       version = excluded.version`,
    [
      ...[
        matter.matterNo,
        matter.type,
        matter.cause,
        matter.reference,
        matter.subject,
        matter.details,
        matter.asker,
        matter.responsible,
      ],
      ...[
        matter.state,
        matter.openedOn,
        matter.dueOn,
        matter.answeredOn,
        matter.answer,
        matter.confirmBy,
        matter.closedOn,
        matter.reason,
        matter.round,
        matter.version,
      ],
    ],
  );
  await tx.query(
    'insert into matter_event (matter_no, event, to_state, happened_on, actor, words) values ($1, $2, $3, $4, $5, $6)',
    [...[matter.matterNo, change.event, matter.state, change.on, change.actor, change.words]],
  );
}
