import type { Day } from '#shared/clock';
import { changed, one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { AgreementEvent, AgreementState } from './institution.js';

/** 协议变更: one step of an agreement, kept for ever. */
export interface AgreementChange {
  readonly institutionCode: string;
  readonly area: string;
  readonly version: number;
  readonly event: AgreementEvent;
  readonly from: AgreementState | null;
  readonly to: AgreementState;
  readonly reason: string;
  readonly on: Day;
  readonly changedBy: string;
}

/** With the receipt of the agency to which it was reported. */
export interface KeptAgreementChange extends AgreementChange {
  /** 上报: the province that a suspension or an end is reported to; null where nothing is reported. */
  readonly reportedTo: string | null;
  readonly receivedBy: string | null;
  readonly receivedOn: Day | null;
}

const columns = `institution_code as "institutionCode", area, version, event, from_state as "from", to_state as "to", reason,
  changed_on as "on", changed_by as "changedBy", reported_to as "reportedTo", received_by as "receivedBy", received_on as "receivedOn"`;

export async function keepAgreementChange(
  tx: Transaction,
  change: AgreementChange,
  reportedTo: string | null,
): Promise<void> {
  await tx.query(
    `insert into agreement_change (institution_code, area, version, event, from_state, to_state, reason, changed_on, changed_by, reported_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[change.institutionCode, change.area, change.version, change.event, change.from, change.to],
      ...[change.reason, change.on, change.changedBy, reportedTo],
    ],
  );
}

export const changesOf = (tx: Transaction, institutionCode: string): Promise<KeptAgreementChange[]> =>
  rows<KeptAgreementChange>(
    tx,
    `select ${columns} from agreement_change where institution_code = $1 order by version`,
    [institutionCode],
  );

/** The step by which an institution came to where it is. */
export const lastChangeOf = (tx: Transaction, institutionCode: string): Promise<KeptAgreementChange | undefined> =>
  one<KeptAgreementChange>(
    tx,
    `select ${columns} from agreement_change where institution_code = $1 order by version desc limit 1`,
    [institutionCode],
  );

/** 待备案: what was reported to an agency and it has not taken note of. */
export const unreceivedChanges = (tx: Transaction, agency: string): Promise<KeptAgreementChange[]> =>
  rows<KeptAgreementChange>(
    tx,
    `select ${columns} from agreement_change where reported_to = $1 and received_on is null order by changed_on, institution_code, version`,
    [agency],
  );

export async function receiveChange(
  tx: Transaction,
  key: { institutionCode: string; version: number; agency: string },
  by: { subject: string; on: Day },
): Promise<boolean> {
  const received = await changed(
    tx,
    `update agreement_change set received_by = coalesce(received_by, $4), received_on = coalesce(received_on, $5)
     where institution_code = $1 and version = $2 and reported_to = $3`,
    [key.institutionCode, key.version, key.agency, by.subject, by.on],
  );
  return received > 0;
}
