import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import { scopeRow } from '../scope/scope-row.js';
import type { CaseLine } from './reimbursement-case.js';

/** 费用明细 of a case, all anew: the bill as it is now. */
export async function replaceLines(tx: Transaction, caseNo: string, lines: readonly CaseLine[]): Promise<void> {
  await tx.query('delete from reimbursement_line where case_no = $1', [caseNo]);
  const records = lines.map((line) => ({
    case_no: caseNo,
    line_no: line.lineNo,
    item_code: line.itemCode,
    category: line.category,
    price: line.price,
    quantity: line.quantity,
    occurred_on: line.occurredOn,
    position: line.position,
    ...scopeRow(line),
    counted_own_expense_fen: line.counted.ownExpenseFen.toString(),
    counted_over_limit_fen: line.counted.overLimitFen.toString(),
    counted_first_pay_fen: line.counted.firstPayFen.toString(),
    counted_in_scope_fen: line.counted.inScopeFen.toString(),
    note: line.note,
  }));
  await tx.query(
    `insert into reimbursement_line select * from jsonb_populate_recordset(null::reimbursement_line, $1::jsonb)`,
    [JSON.stringify(records)],
  );
}

export async function linesOfCase(tx: Transaction, caseNo: string): Promise<CaseLine[]> {
  const found = await rows<Omit<CaseLine, 'counted'> & Record<'own' | 'over' | 'first' | 'inside', Fen>>(
    tx,
    `select line_no as "lineNo", item_code as "itemCode", category, price, quantity, occurred_on as "occurredOn", position,
            total_fen as "totalFen", own_expense_fen as "ownExpenseFen", over_limit_fen as "overLimitFen",
            first_pay_fen as "firstPayFen", in_scope_fen as "inScopeFen", note, counted_own_expense_fen as own,
            counted_over_limit_fen as over, counted_first_pay_fen as first, counted_in_scope_fen as inside
     from reimbursement_line where case_no = $1 order by position, line_no`,
    [caseNo],
  );
  return found.map(({ own, over, first, inside, ...line }) => ({
    ...line,
    counted: { ownExpenseFen: own, overLimitFen: over, firstPayFen: first, inScopeFen: inside },
  }));
}
