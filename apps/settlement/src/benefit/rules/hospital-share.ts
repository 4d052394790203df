import { multiply } from '#shared/money';
import type { Fen } from '#shared/money';
import type { HospitalClause } from '../../policy/policy-pack.js';
import { rate, times, yuan } from '../expression.js';
import type { Reckoning } from '../reckoning.js';

/** 医院负担 (n): the hospital bears a share of some part of what is left to the person; never charged to the home area. */
export function hospitalShare(clauses: readonly HospitalClause[], bill: Reckoning): Fen {
  let totalFen = 0n;
  for (const { clause, of, ratio } of clauses) {
    const share = bill.value(ratio, clause, '医院负担比例');
    const partFen = bill.personal[of];
    const amountFen = multiply(partFen, share, 'half-up');
    if (amountFen === 0n) continue;
    if (clause.unconfirmed !== undefined) bill.rest(clause);
    bill.figures.amount({ rule: 'hospital-share', name: '医院负担', clause }, amountFen, () =>
      times(yuan(partFen), rate(share)),
    );
    bill.personal[of] -= amountFen;
    totalFen += amountFen;
  }
  return totalFen;
}
