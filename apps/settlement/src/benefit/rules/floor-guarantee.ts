import { least, most, multiply } from '#shared/money';
import type { Fen } from '#shared/money';
import type { FloorClause } from '../../policy/policy-pack.js';
import { larger, rate, smaller, times, yuan } from '../expression.js';
import type { Reckoning } from '../reckoning.js';

/** 保底支付 (g): the basic fund pays at least this share, but never more than is in scope. */
export function floorGuarantee(floor: FloorClause | undefined, fundFen: Fen, bill: Reckoning): Fen {
  if (floor === undefined) return fundFen;
  const share = bill.value(floor.ratio, floor.clause, '保底比例');
  if (share === null) return fundFen;
  if (floor.clause.unconfirmed !== undefined) bill.rest(floor.clause);
  const { inScopeFen, totalFen } = bill.facts.scope;
  const ofFen = floor.of === 'total' ? totalFen : inScopeFen;
  const guaranteedFen = least(most(fundFen, multiply(ofFen, share, 'half-up')), inScopeFen);
  bill.figures.amount({ rule: 'floor-guarantee', name: '保底后统筹支付', clause: floor.clause }, guaranteedFen, () =>
    smaller(larger(yuan(fundFen), times(yuan(ofFen), rate(share))), yuan(inScopeFen)),
  );
  return guaranteedFen;
}
