import { least, most } from '#shared/money';
import type { Fen } from '#shared/money';
import type { AccountClause } from '../../policy/policy-pack.js';
import { smaller, yuan } from '../expression.js';
import { OpenClause } from '../reckoning.js';
import type { Reckoning } from '../reckoning.js';
import { sumOf } from './personal-parts.js';

/** 个人账户 (H26): pays the parts of the personal share that the pack lets it pay, up to its balance, when the bill asks. */
export function accountShare(clause: AccountClause | undefined, pack: string, balanceFen: Fen, bill: Reckoning): Fen {
  if (!bill.facts.useAccount || balanceFen <= 0n) return 0n;
  if (clause === undefined) throw new OpenClause(`${pack} 个人账户支付范围`);
  if (!clause.settings.includes(bill.facts.setting)) return 0n;
  if (clause.clause.unconfirmed !== undefined) bill.rest(clause.clause);
  const eligibleFen = most(0n, sumOf(clause.pays, bill));
  const amountFen = least(balanceFen, eligibleFen);
  const articles = ['H26'];
  bill.figures.amount({ rule: 'account-share', name: '个人账户支付', clause: clause.clause, articles }, amountFen, () =>
    smaller(yuan(balanceFen), yuan(eligibleFen)),
  );
  return amountFen;
}
