import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Filing, FilingEvent, FilingStatus } from './filing.js';

const columns = `filing_no as "filingNo", person_no as "personNo", home_area as "homeArea", category, destination, status,
  channel, supplementary, materials, applied_on as "appliedOn", applied_by as "appliedBy", decided_on as "decidedOn",
  decided_by as "decidedBy", reason, due_on as "dueOn", valid_from as "validFrom", valid_to as "validTo",
  commitment_due_on as "commitmentDueOn"`;

export const findFiling = (tx: Transaction, filingNo: string): Promise<Filing | undefined> =>
  one<Filing>(tx, `select ${columns} from filing where filing_no = $1`, [filingNo]);

export const filingsOf = (tx: Transaction, personNo: string): Promise<Filing[]> =>
  rows<Filing>(tx, `select ${columns} from filing where person_no = $1 order by filing_no`, [personNo]);

export const findFilings = (tx: Transaction, wanted: { personNo?: string; status?: string }): Promise<Filing[]> =>
  rows<Filing>(
    tx,
    `select ${columns} from filing where ($1::text is null or person_no = $1) and ($2::text is null or status = $2)
     order by filing_no limit 500`,
    [wanted.personNo ?? null, wanted.status ?? null],
  );

/** The filing that stands in the way of another one for the same destination. */
export const currentFilingTo = (tx: Transaction, personNo: string, destination: string): Promise<Filing | undefined> =>
  one<Filing>(
    tx,
    `select ${columns} from filing where person_no = $1 and destination = $2 and status in ('applied', 'effective', 'suspended')`,
    [personNo, destination],
  );

/** 备案编号: BA, home area, day, sequence. */
export async function nextFilingNo(tx: Transaction, homeArea: string, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('filing_number') as n`);
  return `BA${homeArea}${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(6, '0')}`;
}

/** The filing as it is now, beside the record of what happened to it; nothing is ever overwritten without trace. */
export async function saveFiling(
  tx: Transaction,
  filing: Filing,
  change: { event: FilingEvent | 'apply'; before: FilingStatus | null; on: Day; actor: string },
): Promise<void> {
  await tx.query(
    `insert into filing (filing_no, person_no, home_area, category, destination, status, channel, supplementary, materials,
       applied_on, applied_by, decided_on, decided_by, reason, due_on, valid_from, valid_to, commitment_due_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (filing_no) do update set status = excluded.status, decided_on = excluded.decided_on,
       decided_by = excluded.decided_by, reason = excluded.reason, due_on = excluded.due_on, valid_from = excluded.valid_from,
       valid_to = excluded.valid_to`,
    [
      ...[filing.filingNo, filing.personNo, filing.homeArea, filing.category, filing.destination, filing.status],
      ...[filing.channel, filing.supplementary, filing.materials, filing.appliedOn, filing.appliedBy, filing.decidedOn],
      ...[filing.decidedBy, filing.reason, filing.dueOn, filing.validFrom, filing.validTo, filing.commitmentDueOn],
    ],
  );
  await tx.query(
    `insert into filing_event (filing_no, event, from_status, to_status, happened_on, actor, reason) values ($1, $2, $3, $4, $5, $6, $7)`,
    [filing.filingNo, change.event, change.before, filing.status, change.on, change.actor, filing.reason],
  );
}
