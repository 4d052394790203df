import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Filing, FilingEvent, FilingStatus } from './filing.js';

const columns = `filing_no as "filingNo", person_no as "personNo", home_area as "homeArea", county, kind, category, destination,
  status, channel, supplementary, materials, contact, referral, agent_id as "agentId", replaces, continues,
  applied_on as "appliedOn", applied_by as "appliedBy", decided_on as "decidedOn", decided_by as "decidedBy", reason,
  due_on as "dueOn", valid_from as "validFrom", valid_to as "validTo", commitment_due_on as "commitmentDueOn",
  covers_from as "coversFrom", discharged_on as "dischargedOn", closed_on as "closedOn", version`;

/** One happening in the life of a filing, with the filing as it was after it. */
export interface FilingHappening {
  readonly event: FilingEvent | 'apply';
  readonly fromStatus: FilingStatus | null;
  readonly toStatus: FilingStatus;
  readonly happenedOn: Day;
  readonly actor: string;
  readonly reason: string | null;
  readonly version: number;
  readonly content: object;
}

export const findFiling = (tx: Transaction, filingNo: string): Promise<Filing | undefined> =>
  one<Filing>(tx, `select ${columns} from filing where filing_no = $1`, [filingNo]);

export const filingsOf = (tx: Transaction, personNo: string): Promise<Filing[]> =>
  rows<Filing>(tx, `select ${columns} from filing where person_no = $1 order by filing_no`, [personNo]);

export const filingsOfMany = (tx: Transaction, personNos: readonly string[]): Promise<Filing[]> =>
  rows<Filing>(tx, `select ${columns} from filing where person_no = any($1) order by filing_no`, [personNos]);

export interface FilingSearch {
  readonly personNo?: string;
  readonly status?: string;
  readonly category?: string;
  readonly destination?: string;
  /** Pages go on after this number. */
  readonly after?: string;
}

export const findFilings = (tx: Transaction, wanted: FilingSearch): Promise<Filing[]> =>
  rows<Filing>(
    tx,
    `select ${columns} from filing
     where ($1::text is null or person_no = $1) and ($2::text is null or status = $2) and ($3::text is null or category = $3)
       and ($4::text is null or destination = $4) and ($5::text is null or filing_no > $5)
     order by filing_no limit 500`,
    [wanted.personNo, wanted.status, wanted.category, wanted.destination, wanted.after].map((value) => value ?? null),
  );

/** Filings that a date alone changes: a commitment whose term is over, or a validity that is. */
export const overdueFilings = (tx: Transaction, day: Day): Promise<Filing[]> =>
  rows<Filing>(
    tx,
    `select ${columns} from filing where status in ('effective', 'suspended') and (commitment_due_on < $1 or valid_to < $1)
     order by person_no, filing_no`,
    [day],
  );

export const filingHistory = (tx: Transaction, filingNo: string): Promise<FilingHappening[]> =>
  rows<FilingHappening>(
    tx,
    `select event, from_status as "fromStatus", to_status as "toStatus", happened_on as "happenedOn", actor, reason, version,
       content from filing_event where filing_no = $1 order by id`,
    [filingNo],
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
    `insert into filing (filing_no, person_no, home_area, county, kind, category, destination, status, channel, supplementary,
       materials, contact, referral, agent_id, replaces, continues, applied_on, applied_by, decided_on, decided_by, reason,
       due_on, valid_from, valid_to, commitment_due_on, covers_from, discharged_on, closed_on, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
       $25, $26, $27, $28, $29)
     on conflict (filing_no) do update set status = excluded.status, materials = excluded.materials,
       contact = excluded.contact, decided_on = excluded.decided_on, decided_by = excluded.decided_by,
       reason = excluded.reason, due_on = excluded.due_on, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       commitment_due_on = excluded.commitment_due_on, closed_on = excluded.closed_on, version = excluded.version`,
    [
      ...[filing.filingNo, filing.personNo, filing.homeArea, filing.county, filing.kind, filing.category],
      ...[filing.destination, filing.status, filing.channel, filing.supplementary, filing.materials],
      ...[JSON.stringify(filing.contact), filing.referral === null ? null : JSON.stringify(filing.referral)],
      ...[filing.agentId, filing.replaces, filing.continues, filing.appliedOn, filing.appliedBy, filing.decidedOn],
      ...[filing.decidedBy, filing.reason, filing.dueOn, filing.validFrom, filing.validTo, filing.commitmentDueOn],
      ...[filing.coversFrom, filing.dischargedOn, filing.closedOn, filing.version],
    ],
  );
  await tx.query(
    `insert into filing_event (filing_no, event, from_status, to_status, happened_on, actor, reason, version, content)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[filing.filingNo, change.event, change.before, filing.status, change.on, change.actor, filing.reason],
      ...[filing.version, JSON.stringify(filing)],
    ],
  );
}
