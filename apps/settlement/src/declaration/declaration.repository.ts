import type { Day, Month } from '#shared/clock';
import { changed, one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import { notReversed } from '../reconciliation/reconciliation.repository.js';
import type { Declaration, DeclarationState } from './declaration.js';

const columns = `declaration_id as "declarationId", institution_code as "institutionCode", treatment_area as "treatmentArea", month,
  clearing_type as setting, state, settlements, total_fen as "totalFen", fund_fen as "fundFen", account_fen as "accountFen",
  cash_fen as "cashFen", declared_on as "declaredOn", audited_on as "auditedOn", final_on as "finalOn"`;

export interface Finding {
  readonly settlementId: string;
  readonly lineNo: string;
  readonly amountFen: Fen;
  readonly reasonCode: string;
  readonly reason: string;
  readonly objection: string | null;
  readonly kept: boolean;
}

export interface Deduction {
  readonly settlementId: string;
  readonly fundType: string;
  readonly amountFen: Fen;
}

export const lockDeclaration = (tx: Transaction, declarationId: string): Promise<Declaration | undefined> =>
  one<Declaration>(tx, `select ${columns} from declaration where declaration_id = $1 for update`, [declarationId]);

export const listDeclarations = (
  tx: Transaction,
  month: Month | null,
  institutionCode: string | null = null,
): Promise<Declaration[]> =>
  rows<Declaration>(
    tx,
    `select ${columns} from declaration where ($1::text is null or month = $1) and ($2::text is null or institution_code = $2) order by declaration_id`,
    [month, institutionCode],
  );

export async function nextDeclarationId(tx: Transaction, month: Month): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('declaration_number') as n`);
  return `D${month.replace('-', '')}${String(next?.n ?? 0n).padStart(8, '0')}`;
}

export async function insertDeclaration(tx: Transaction, one: Declaration): Promise<void> {
  await tx.query(
    `insert into declaration (declaration_id, institution_code, treatment_area, month, clearing_type, state, settlements, total_fen, fund_fen,
       account_fen, cash_fen, declared_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[
        one.declarationId,
        one.institutionCode,
        one.treatmentArea,
        one.month,
        one.setting,
        one.state,
        one.settlements,
      ],
      ...[one.totalFen, one.fundFen, one.accountFen, one.cashFen, one.declaredOn],
    ],
  );
}

export async function moveDeclaration(
  tx: Transaction,
  declarationId: string,
  state: DeclarationState,
  on: { auditedOn?: Day; finalOn?: Day },
): Promise<void> {
  await tx.query(
    `update declaration set state = $2, audited_on = coalesce($3, audited_on), final_on = coalesce($4, final_on) where declaration_id = $1`,
    [declarationId, state, on.auditedOn ?? null, on.finalOn ?? null],
  );
}

export interface UndeclaredSums {
  readonly settlements: number;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly cashFen: Fen;
  /** Settlements that no balanced statement made after them covers, or that have an open difference. */
  readonly unreconciled: number;
}

/** Two declarations of one institution take turns, or both would claim the same settlements. */
export async function lockDeclarant(tx: Transaction, institutionCode: string): Promise<void> {
  await tx.query('select 1 from institution where code = $1 for update', [institutionCode]);
}

/** What an institution may still declare for a month. */
export async function undeclared(
  tx: Transaction,
  institutionCode: string,
  setting: string,
  from: Day,
  to: Day,
): Promise<UndeclaredSums> {
  const found = await one<UndeclaredSums>(
    tx,
    `select count(*)::int as settlements, coalesce(sum(total_fen), 0)::bigint as "totalFen", coalesce(sum(fund_fen), 0)::bigint as "fundFen",
            coalesce(sum(personal_account_fen), 0)::bigint as "accountFen", coalesce(sum(cash_fen), 0)::bigint as "cashFen",
            (count(*) filter (where not exists (
               select 1 from statement t where t.institution_code = s.institution_code and t.scheme = s.scheme and t.clearing_type = s.setting
                 and s.settled_on between t.begin_day and t.end_day and t.balanced and t.stated_at >= s.settled_at
                 and (t.with_refunds or s.kind = 'charge'))
             or exists (select 1 from difference d where d.settlement_id = s.settlement_id and d.state = 'open')))::int as unreconciled
     from settlement s
     where institution_code = $1 and setting = $2 and settled_on between $3 and $4 and declaration_id is null
       and ${notReversed}`,
    [institutionCode, setting, from, to],
  );
  if (found === undefined) throw new Error('a sum always has a row');
  return found;
}

export async function claimSettlements(
  tx: Transaction,
  declarationId: string,
  institutionCode: string,
  setting: string,
  from: Day,
  to: Day,
): Promise<void> {
  await tx.query(
    `update settlement set declaration_id = $1 where institution_code = $2 and setting = $3 and settled_on between $4 and $5
       and declaration_id is null and ${notReversed}`,
    [declarationId, institutionCode, setting, from, to],
  );
}

export async function insertFinding(
  tx: Transaction,
  declarationId: string,
  finding: Omit<Finding, 'objection' | 'kept'>,
): Promise<void> {
  await tx.query(
    `insert into audit_finding (declaration_id, settlement_id, line_no, amount_fen, reason_code, reason) values ($1, $2, $3, $4, $5, $6)`,
    [declarationId, finding.settlementId, finding.lineNo, finding.amountFen, finding.reasonCode, finding.reason],
  );
}

export const findingsOf = (tx: Transaction, declarationId: string): Promise<Finding[]> =>
  rows<Finding>(
    tx,
    `select settlement_id as "settlementId", line_no as "lineNo", amount_fen as "amountFen", reason_code as "reasonCode", reason, objection, kept
     from audit_finding where declaration_id = $1 order by finding_id`,
    [declarationId],
  );

export const objectTo = async (
  tx: Transaction,
  declarationId: string,
  settlementId: string,
  lineNo: string,
  reason: string,
): Promise<boolean> =>
  (await one(
    tx,
    `with touched as (update audit_finding set objection = $4 where declaration_id = $1 and settlement_id = $2 and line_no = $3 returning 1)
     select 1 from touched limit 1`,
    [declarationId, settlementId, lineNo, reason],
  )) !== undefined;

export async function decideObjection(
  tx: Transaction,
  declarationId: string,
  settlementId: string,
  lineNo: string,
  kept: boolean,
  reason: string,
): Promise<boolean> {
  const decided = await changed(
    tx,
    `update audit_finding set kept = $4, review_reason = $5 where declaration_id = $1 and settlement_id = $2 and line_no = $3`,
    [declarationId, settlementId, lineNo, kept, reason],
  );
  return decided > 0;
}

/** The payers of the settlements in a declaration; the personal account under its own type. */
export const payersOf = (
  tx: Transaction,
  declarationId: string,
): Promise<{ settlementId: string; fundType: string; amountFen: Fen }[]> =>
  rows(
    tx,
    `select s.settlement_id as "settlementId", f.fund_type as "fundType", f.amount_fen as "amountFen"
     from settlement s join settlement_fund f using (settlement_id) where s.declaration_id = $1
     union all
     select settlement_id, '310200', personal_account_fen from settlement where declaration_id = $1 and personal_account_fen <> 0
     order by 1, 2`,
    [declarationId],
  );

export const settlementsOf = (tx: Transaction, declarationId: string): Promise<{ settlementId: string }[]> =>
  rows(tx, `select settlement_id as "settlementId" from settlement where declaration_id = $1 order by settlement_id`, [
    declarationId,
  ]);

export const hasLine = async (
  tx: Transaction,
  declarationId: string,
  settlementId: string,
  lineNo: string,
): Promise<boolean> =>
  (await one(
    tx,
    `select 1 from settlement_line l join settlement s using (settlement_id)
     where s.declaration_id = $1 and l.settlement_id = $2 and l.line_no = $3`,
    [declarationId, settlementId, lineNo],
  )) !== undefined;

export async function insertDeductions(
  tx: Transaction,
  declarationId: string,
  deductions: readonly Deduction[],
): Promise<void> {
  for (const { settlementId, fundType, amountFen } of deductions) {
    await tx.query(
      'insert into audit_deduction (declaration_id, settlement_id, fund_type, amount_fen) values ($1, $2, $3, $4)',
      [...[declarationId, settlementId, fundType, amountFen]],
    );
  }
}

export const lapsedPreliminaries = (tx: Transaction, today: Day): Promise<Declaration[]> =>
  rows<Declaration>(
    tx,
    `select ${columns} from declaration d where state = 'preliminary' and exists (
       select 1 from obligation o where o.kind = 'object' and o.owner = d.institution_code
         and o.subject = d.month || '/' || d.declaration_id and o.due_on < $1)
     order by declaration_id for update`,
    [today],
  );
