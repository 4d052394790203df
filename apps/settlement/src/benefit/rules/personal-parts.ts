import { least, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { personalParts } from '../../policy/policy-pack.js';
import type { PersonalPart } from '../../policy/policy-pack.js';
import type { Reckoning } from '../reckoning.js';

/** 个人负担的组成: what the basic fund left of the in-scope money, by its reason; co-pay is what no other reason explains. */
export function dividePersonal(
  bill: Reckoning,
  leftFen: Fen,
  reasons: { overCapFen: Fen; routeFirstPayFen: Fen; deductibleFen: Fen },
): void {
  let left = leftFen;
  const take = (part: PersonalPart, amountFen: Fen): void => {
    bill.personal[part] = least(amountFen, left);
    left -= bill.personal[part];
  };
  take('over-cap', reasons.overCapFen);
  take('route-first-pay', reasons.routeFirstPayFen);
  take('deductible', reasons.deductibleFen);
  take('co-pay', left);
}

export const sumOf = (parts: readonly PersonalPart[], bill: Reckoning): Fen =>
  sum(parts.map((part) => bill.personal[part]));

/** 个人负担抵减: a payer takes over some of these parts, in the order in which the parts are named. */
export function takeOff(parts: readonly PersonalPart[], amountFen: Fen, bill: Reckoning): void {
  let left = amountFen;
  for (const part of personalParts) {
    if (!parts.includes(part)) continue;
    const taken = least(left, bill.personal[part]);
    bill.personal[part] -= taken;
    left -= taken;
  }
  if (left !== 0n) throw new Error('a payer paid more than was there to be paid');
}
