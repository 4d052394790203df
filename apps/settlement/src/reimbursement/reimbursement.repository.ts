import type { Day } from '#shared/clock';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { addScopes } from '../scope/scope.js';
import { replaceLines } from './case-lines.repository.js';
import { caseNumber } from './case-number.js';
import { liveStates } from './reimbursement-case.transitions.js';
import type {
  CaseEvent,
  CaseFigures,
  CaseLine,
  CaseOrigin,
  CaseState,
  KeptBill,
  ReimbursementCase,
} from './reimbursement-case.js';

const columns = `case_no as "caseNo", source, cause, visit_id as "visitId", batch_no as "batchNo", bill_id as "billId",
  person_no as "personNo", home_area as "homeArea", treatment_area as "treatmentArea", institution_code as "institutionCode",
  level, scheme, setting, med_type as "medType", emergency, admitted_on as "admittedOn", discharged_on as "dischargedOn",
  use_account as "useAccount", diagnoses, diseases, injury, state, version, kept_at as "keptAt", total_fen as "totalFen",
  own_expense_fen as "ownExpenseFen", over_limit_fen as "overLimitFen", first_pay_fen as "firstPayFen",
  in_scope_fen as "inScopeFen", catalogue, route, filing_no as "filingNo", route_articles as "routeArticles", designated,
  deductible_fen as "deductibleFen", ratio, fund_fen as "fundFen", personal_account_fen as "personalAccountFen",
  cash_fen as "cashFen", pack_id as "packId", explanation, computed_by as "computedBy", computed_on as "computedOn",
  grant_id as "grantId", approved_by as "approvedBy", approved_on as "approvedOn", payee_holder as "payeeHolder", payee_bank as "payeeBank",
  payee_account_hash as "payeeAccountHash", payee_account_masked as "payeeAccountMasked", bank_name as "bankName",
  transaction_no as "transactionNo", transaction_date as "transactionDate", paid_by as "paidBy",
  (select coalesce(json_agg(json_build_object('fundType', f.fund_type, 'amountFen', f.amount_fen::text) order by f.fund_type), '[]')
   from reimbursement_fund f where f.case_no = c.case_no) as funds`;

type Row = Omit<ReimbursementCase, 'figures' | 'payee' | 'bank'> &
  Omit<CaseFigures, 'catalogue' | 'funds'> & {
    readonly catalogue: CaseFigures['catalogue'] | null;
    readonly funds: readonly { fundType: string; amountFen: string }[];
    readonly payeeHolder: string | null;
    readonly payeeBank: string;
    readonly payeeAccountHash: string;
    readonly payeeAccountMasked: string;
    readonly bankName: string | null;
    readonly transactionNo: string;
    readonly transactionDate: Day;
  };

function fromRow(row: Row): ReimbursementCase {
  const { catalogue, route, filingNo, routeArticles, designated, deductibleFen, ratio, ...more } = row;
  const { fundFen, personalAccountFen, cashFen, packId, explanation, computedBy, computedOn, funds, ...others } = more;
  const { payeeHolder, payeeBank, payeeAccountHash, payeeAccountMasked, bankName, ...rest } = others;
  const { transactionNo, transactionDate, ...kept } = rest;
  const figures = { route, filingNo, routeArticles, designated, deductibleFen, ratio, fundFen, personalAccountFen };
  return {
    ...(kept as ReimbursementCase),
    figures:
      catalogue === null
        ? null
        : {
            ...{ catalogue, ...figures, cashFen, packId, explanation, computedBy, computedOn },
            funds: funds.map(({ fundType, amountFen }) => ({ fundType, amountFen: BigInt(amountFen) })),
          },
    payee:
      payeeHolder === null
        ? null
        : {
            holder: payeeHolder,
            bankName: payeeBank,
            maskedAccount: payeeAccountMasked,
            accountHash: payeeAccountHash,
          },
    bank: bankName === null ? null : { bankName, transactionNo, transactionDate },
  };
}

const oneCase = async (tx: Transaction, condition: string, parameters: unknown[]) => {
  const row = await one<Row>(tx, `select ${columns} from reimbursement_case c where ${condition}`, parameters);
  return row === undefined ? undefined : fromRow(row);
};

export const findCase = (tx: Transaction, caseNo: string): Promise<ReimbursementCase | undefined> =>
  oneCase(tx, 'case_no = $1', [caseNo]);

export const lockCase = (tx: Transaction, caseNo: string): Promise<ReimbursementCase | undefined> =>
  oneCase(tx, 'case_no = $1 for update', [caseNo]);

/** A case that is known to be there. */
export async function storedCase(tx: Transaction, caseNo: string): Promise<ReimbursementCase> {
  const found = await findCase(tx, caseNo);
  if (found === undefined) throw new Error(`case ${caseNo} is gone`);
  return found;
}

/** 办理中的案件 of a bill: there is at most one. */
export const liveCaseOf = (tx: Transaction, origin: CaseOrigin): Promise<ReimbursementCase | undefined> =>
  oneCase(
    tx,
    `(visit_id = $1 and coalesce(batch_no, '') = coalesce($2, '') or bill_id = $3) and state = any($4) for update`,
    [origin.visitId, origin.batchNo, origin.billId, liveStates],
  );

export interface CaseFilter {
  readonly state: string | null;
  readonly source: string | null;
  readonly personNo: string | null;
}

const mostListed = 1000;

/** 工作清单, the oldest first; what the caller may see is said by the database. */
export async function listCases(tx: Transaction, wanted: CaseFilter): Promise<ReimbursementCase[]> {
  const found = await rows<Row>(
    tx,
    `select ${columns} from reimbursement_case c
     where ($1::text is null or state = $1) and ($2::text is null or source = $2) and ($3::text is null or person_no = $3)
     order by kept_at, case_no limit ${mostListed}`,
    [wanted.state, wanted.source, wanted.personNo],
  );
  return found.map(fromRow);
}

export async function nextCaseSequence(tx: Transaction): Promise<bigint> {
  const next = await one<{ n: bigint }>(tx, `select nextval('reimbursement_case_number') as n`);
  return next?.n ?? 0n;
}

/** 留存: the bill as it came, with its lines; the first step of its life. */
export async function insertCase(
  tx: Transaction,
  bill: KeptBill & CaseOrigin,
  lines: readonly CaseLine[],
  step: { readonly by: string; readonly at: Date; readonly on: Day },
): Promise<ReimbursementCase> {
  const caseNo = caseNumber(bill.homeArea, step.on, await nextCaseSequence(tx));
  const scope = addScopes(lines);
  await tx.query(
    `insert into reimbursement_case (case_no, source, cause, visit_id, batch_no, bill_id, person_no, home_area, treatment_area,
       institution_code, level, scheme, setting, med_type, emergency, admitted_on, discharged_on, use_account, diagnoses, state,
       version, kept_at, total_fen, own_expense_fen, over_limit_fen, first_pay_fen, in_scope_fen, diseases, injury)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'kept', 1, $20, $21, $22, $23,
       $24, $25, $26, $27)`,
    [
      ...[caseNo, bill.source, bill.cause, bill.visitId, bill.batchNo, bill.billId, bill.personNo, bill.homeArea],
      ...[bill.treatmentArea, bill.institutionCode, bill.level, bill.scheme, bill.setting, bill.medType],
      ...[
        bill.emergency,
        bill.admittedOn,
        bill.dischargedOn,
        bill.useAccount,
        JSON.stringify(bill.diagnoses),
        bill.keptAt,
      ],
      ...[scope.totalFen, scope.ownExpenseFen, scope.overLimitFen, scope.firstPayFen, scope.inScopeFen],
      ...[bill.diseases, bill.injury],
    ],
  );
  await replaceLines(tx, caseNo, lines);
  await tx.query(
    `insert into reimbursement_step (case_no, version, event, from_state, to_state, by, at) values ($1, 1, 'keep', null, 'kept', $2, $3)`,
    [caseNo, step.by, step.at],
  );
  return storedCase(tx, caseNo);
}

/** 核算结果 replaces what was computed before. */
export async function keepFigures(
  tx: Transaction,
  caseNo: string,
  bill: Pick<ReimbursementCase, 'dischargedOn' | 'useAccount'>,
  lines: readonly CaseLine[],
  figures: CaseFigures,
): Promise<void> {
  const scope = addScopes(lines.map(({ totalFen, counted }) => ({ totalFen, ...counted })));
  await tx.query(
    `update reimbursement_case set discharged_on = $2, use_account = $3, total_fen = $4, own_expense_fen = $5, over_limit_fen = $6,
       first_pay_fen = $7, in_scope_fen = $8, catalogue = $9, route = $10, filing_no = $11, route_articles = $12, designated = $13,
       deductible_fen = $14, ratio = $15, fund_fen = $16, personal_account_fen = $17, cash_fen = $18, pack_id = $19,
       explanation = $20, computed_by = $21, computed_on = $22 where case_no = $1`,
    [
      ...[caseNo, bill.dischargedOn, bill.useAccount, scope.totalFen, scope.ownExpenseFen, scope.overLimitFen],
      ...[scope.firstPayFen, scope.inScopeFen, figures.catalogue, figures.route, figures.filingNo],
      ...[figures.routeArticles, figures.designated, figures.deductibleFen, figures.ratio, figures.fundFen],
      ...[figures.personalAccountFen, figures.cashFen, figures.packId, JSON.stringify(figures.explanation)],
      ...[figures.computedBy, figures.computedOn],
    ],
  );
  await replaceLines(tx, caseNo, lines);
  await tx.query('delete from reimbursement_fund where case_no = $1', [caseNo]);
  await tx.query(
    `insert into reimbursement_fund (case_no, fund_type, amount_fen) select $1, * from unnest($2::text[], $3::bigint[])`,
    [caseNo, figures.funds.map(({ fundType }) => fundType), figures.funds.map(({ amountFen }) => amountFen)],
  );
}

export interface CaseStep {
  readonly event: CaseEvent | 'keep';
  readonly from: CaseState | null;
  readonly to: CaseState;
  readonly by: string;
  readonly at: Date;
  readonly note: string | null;
}

/** 每一步: the state and who made it so, together; answers the case as it is then. */
export async function moveCase(
  tx: Transaction,
  { caseNo, state, version }: Pick<ReimbursementCase, 'caseNo' | 'state' | 'version'>,
  step: Omit<CaseStep, 'from' | 'note'> & { readonly note?: string },
): Promise<ReimbursementCase> {
  await tx.query('update reimbursement_case set state = $2, version = version + 1 where case_no = $1', [
    caseNo,
    step.to,
  ]);
  await tx.query(
    `insert into reimbursement_step (case_no, version, event, from_state, to_state, by, at, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [...[caseNo, version + 1, step.event, state, step.to, step.by, step.at, step.note ?? null]],
  );
  return storedCase(tx, caseNo);
}

export const stepsOf = (tx: Transaction, caseNo: string): Promise<CaseStep[]> =>
  rows<CaseStep>(
    tx,
    `select event, from_state as "from", to_state as "to", by, at, note from reimbursement_step where case_no = $1 order by version`,
    [caseNo],
  );
