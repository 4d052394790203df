import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';

export interface NormLine {
  readonly settlementId: string;
  readonly visitId: string;
  readonly lineNo: string;
  readonly institutionCode: string;
  readonly itemCode: string;
  readonly diseases: readonly string[];
  readonly amountFen: Fen;
}

const mostLines = 5_000;

export const linesByNorms = (tx: Transaction, from: Day, to: Day): Promise<NormLine[]> =>
  rows<NormLine>(
    tx,
    `select s.settlement_id as "settlementId", l.visit_id as "visitId", l.line_no as "lineNo",
            s.institution_code as "institutionCode", l.item_code as "itemCode", l.diseases, l.total_fen as "amountFen"
     from settlement s join fee_line l using (settlement_id)
     where l.chronic_scope = 'norms' and s.settled_on between $1 and $2
     order by s.settlement_id, l.position limit ${mostLines}`,
    [from, to],
  );
