import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { ClueKind } from './rules/settlement-clues.js';
import type { Settlement } from './settlement.js';

type Party = Pick<Settlement, 'settlementId' | 'institutionCode' | 'homeArea' | 'treatmentArea' | 'settledOn'>;

export interface SettlementClue extends Party {
  readonly kind: ClueKind;
  readonly article: string;
}

/** Most settlements have none, and then nothing is asked of the database. */
export async function insertClues(tx: Transaction, clues: readonly SettlementClue[]): Promise<void> {
  if (clues.length === 0) return;
  const records = clues.map((one) => ({
    settlement_id: one.settlementId,
    kind: one.kind,
    institution_code: one.institutionCode,
    home_area: one.homeArea,
    treatment_area: one.treatmentArea,
    settled_on: one.settledOn,
    article: one.article,
  }));
  await tx.query(
    `insert into settlement_clue (settlement_id, kind, institution_code, home_area, treatment_area, settled_on, article)
     select settlement_id, kind, institution_code, home_area, treatment_area, settled_on, article
     from jsonb_populate_recordset(null::settlement_clue, $1::jsonb)`,
    [JSON.stringify(records)],
  );
}

const mostClues = 1000;

/** 待核查清单 of some days; what was refunded since is not on it any more. */
export const listClues = (tx: Transaction, from: Day, to: Day): Promise<SettlementClue[]> =>
  rows<SettlementClue>(
    tx,
    `select c.settlement_id as "settlementId", c.institution_code as "institutionCode", c.home_area as "homeArea",
            c.treatment_area as "treatmentArea", c.settled_on as "settledOn", c.kind, c.article
     from settlement_clue c
     where c.settled_on between $1 and $2
       and not exists (select 1 from settlement r where r.refund_of = c.settlement_id)
     order by c.settled_on, c.settlement_id, c.kind limit ${mostClues}`,
    [from, to],
  );
