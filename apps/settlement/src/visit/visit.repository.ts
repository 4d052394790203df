import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { scopeRow } from '../scope/scope-row.js';
import { numbersOf } from '../person/person-alias.repository.js';
import type { Details, FeeLine, Visit, VisitState } from './visit.js';

const columns = `visit_id as "visitId", institution_code as "institutionCode", treatment_area as "treatmentArea",
  person_no as "personNo", home_area as "homeArea", scheme, setting, med_type as "medType", emergency,
  hospital_no as "hospitalNo", status, version, admitted_on as "admittedOn", discharged_on as "dischargedOn", details,
  diagnoses <> '[]' as diagnosed,
  (select max(l.settlement_id) from fee_line l where l.visit_id = visit.visit_id) as "settledBy",
  (select a.living_no from person_alias a where a.person_no = visit.person_no) as "livingNo"`;

const lineColumns = `visit_id as "visitId", line_no as "lineNo", batch_no as "batchNo", item_code as "itemCode", category, class,
  first_pay_ratio as "firstPayRatio", price_limit_fen as "priceLimitFen", price, quantity, occurred_on as "occurredOn", position,
  total_fen as "totalFen", own_expense_fen as "ownExpenseFen", over_limit_fen as "overLimitFen",
  first_pay_fen as "firstPayFen", in_scope_fen as "inScopeFen", settlement_id as "settlementId", reverses_line as "reversesLine", msgid,
  outside_institution as "outsideInstitution", details ->> 'etip_form_flag' = '1' as "outsideFormHeld",
  diseases, chronic_scope as "chronicScope"`;

/** Locked in the order of their ids, so that two batches cannot wait for each other. */
export const lockVisits = (tx: Transaction, visitIds: readonly string[]): Promise<Visit[]> =>
  rows<Visit>(tx, `select ${columns} from visit where visit_id = any($1) order by visit_id for update`, [visitIds]);

export const readVisits = (tx: Transaction, visitIds: readonly string[]): Promise<Visit[]> =>
  rows<Visit>(tx, `select ${columns} from visit where visit_id = any($1)`, [visitIds]);

export const linesOfVisits = (tx: Transaction, visitIds: readonly string[]): Promise<FeeLine[]> =>
  rows<FeeLine>(
    tx,
    `select ${lineColumns} from fee_line where visit_id = any($1) order by visit_id, position, line_no`,
    [visitIds],
  );

/** 就诊 ID: V, treatment area, day, sequence. */
export async function nextVisitId(tx: Transaction, treatmentArea: string, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('visit_number') as n`);
  return `V${treatmentArea}${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(9, '0')}`;
}

export async function insertVisit(tx: Transaction, visit: Visit, diagnoses: unknown, openedAt: Date): Promise<void> {
  await tx.query(
    `insert into visit (visit_id, institution_code, treatment_area, person_no, home_area, scheme, setting, med_type, emergency,
       hospital_no, status, version, admitted_on, discharged_on, diagnoses, opened_at, details)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      ...[
        visit.visitId,
        visit.institutionCode,
        visit.treatmentArea,
        visit.personNo,
        visit.homeArea,
        visit.scheme,
        visit.setting,
      ],
      ...[
        visit.medType,
        visit.emergency,
        visit.hospitalNo,
        visit.status,
        visit.version,
        visit.admittedOn,
        visit.dischargedOn,
      ],
      ...[JSON.stringify(diagnoses), openedAt, JSON.stringify(visit.details ?? {})],
    ],
  );
}

export async function moveVisits(
  tx: Transaction,
  visitIds: readonly string[],
  status: readonly VisitState[],
): Promise<void> {
  await tx.query(
    `update visit set status = moved.status, version = version + 1
     from (select * from unnest($1::text[], $2::text[]) as m (visit_id, status)) as moved where visit.visit_id = moved.visit_id`,
    [visitIds, status],
  );
}

export interface VisitChange {
  readonly medType?: string | undefined;
  readonly emergency?: boolean | undefined;
  readonly hospitalNo?: string | undefined;
  readonly admittedOn?: Day | undefined;
  /** null takes the discharge back. */
  readonly dischargedOn?: Day | null | undefined;
  readonly diagnoses?: unknown;
  readonly details?: Details | undefined;
}

/** What is given replaces what was there, details key by key; what is not given stays. */
export async function changeVisit(tx: Transaction, visitId: string, change: VisitChange): Promise<void> {
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  await tx.query(
    `update visit set med_type = coalesce($2, med_type), emergency = coalesce($3, emergency), hospital_no = coalesce($4, hospital_no),
       admitted_on = coalesce($5, admitted_on), discharged_on = case when $6 then $7 else discharged_on end,
       diagnoses = coalesce($8::jsonb, diagnoses), details = details || coalesce($9::jsonb, '{}') where visit_id = $1`,
    [
      ...[visitId, change.medType ?? null, change.emergency ?? null, change.hospitalNo ?? null],
      ...[change.admittedOn ?? null, change.dischargedOn !== undefined, change.dischargedOn ?? null],
      ...[json(change.diagnoses), json(change.details)],
    ],
  );
}

/** 在院: stays of a person that nobody has ended, at any institution. */
export const openStaysOf = (tx: Transaction, personNo: string): Promise<Visit[]> =>
  rows<Visit>(
    tx,
    `select ${columns} from visit where person_no in ${numbersOf('$1::text')} and status = 'admitted' order by visit_id`,
    [personNo],
  );

export async function insertLines(tx: Transaction, lines: readonly FeeLine[]): Promise<void> {
  await tx.query(`insert into fee_line select * from jsonb_populate_recordset(null::fee_line, $1::jsonb)`, [
    JSON.stringify(lines.map(lineRow)),
  ]);
}

const lineRow = (line: FeeLine) => ({
  visit_id: line.visitId,
  line_no: line.lineNo,
  batch_no: line.batchNo,
  item_code: line.itemCode,
  category: line.category,
  class: line.class,
  first_pay_ratio: line.firstPayRatio,
  price_limit_fen: line.priceLimitFen?.toString() ?? null,
  price: line.price,
  quantity: line.quantity,
  occurred_on: line.occurredOn,
  position: line.position,
  ...scopeRow(line),
  settlement_id: line.settlementId,
  reverses_line: line.reversesLine ?? null,
  msgid: line.msgid ?? null,
  details: line.details ?? null,
  outside_institution: line.outsideInstitution ?? null,
  diseases: line.diseases ?? [],
  chronic_scope: line.chronicScope ?? null,
});

export async function deleteLines(tx: Transaction, visitId: string, lineNos: readonly string[]): Promise<void> {
  await tx.query('delete from fee_line where visit_id = $1 and line_no = any($2) and settlement_id is null', [
    visitId,
    lineNos,
  ]);
}

/** What was taken back by hand, by whom and why; kept for ever. */
export async function keepUndo(
  tx: Transaction,
  { visitId, treatmentArea }: Visit,
  undo: { by: string; reason: string; steps: readonly object[]; at: Date },
): Promise<void> {
  await tx.query(
    `insert into visit_undo (visit_id, treatment_area, undone_by, reason, steps, undone_at) values ($1, $2, $3, $4, $5, $6)`,
    [...[visitId, treatmentArea, undo.by, undo.reason, JSON.stringify(undo.steps), undo.at]],
  );
}
