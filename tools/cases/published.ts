import { multiply, ratio, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Published } from './case-file.js';

export interface IdentityCheck {
  readonly identity: string;
  readonly leftFen: Fen;
  readonly rightFen: Fen;
  readonly holds: boolean;
}

const equal = (identity: string, leftFen: Fen, rightFen: Fen): IdentityCheck => ({
  identity,
  leftFen,
  rightFen,
  holds: leftFen === rightFen,
});

/** 公布数字核对: every identity whose figures are all given; docs/cases.md says what each means. */
export function checkPublished(one: Published): IdentityCheck[] {
  const layers = Object.values(one.layers ?? {});
  const fund = one.fund ?? (layers.length > 0 ? sum(layers) : undefined);
  const excluded = sum(one.excluded ?? []);
  const outside = sum([one.ownExpense ?? 0n, one.overLimit ?? 0n, one.firstPay ?? 0n, excluded]);
  const checks: IdentityCheck[] = [];
  const { total, segment } = one;
  const personal =
    one.personal ??
    (one.account !== undefined || one.cash !== undefined ? (one.account ?? 0n) + (one.cash ?? 0n) : undefined);
  if (total !== undefined && fund !== undefined && personal !== undefined)
    checks.push(equal('payers', total, fund + personal + (one.hospital ?? 0n)));
  if (one.personal !== undefined && one.account !== undefined && one.cash !== undefined)
    checks.push(equal('personal', one.personal, one.account + one.cash));
  if (total !== undefined && one.inScope !== undefined) checks.push(equal('parts', total, outside + one.inScope));
  const inScope = one.inScope ?? (total === undefined || one.ownExpense === undefined ? undefined : total - outside);
  if (segment !== undefined && inScope !== undefined)
    checks.push(equal('segment', segment, inScope - (one.deductible ?? 0n)));
  if (segment !== undefined && one.ratio !== undefined && one.fund !== undefined)
    checks.push(equal('fund', one.fund, multiply(segment, ratio(one.ratio), 'half-up')));
  if (total !== undefined && layers.length > 0)
    checks.push({
      identity: 'layers',
      leftFen: sum(layers),
      rightFen: total,
      holds: sum(layers) <= total && layers.every((layer) => layer <= total),
    });
  checks.push(range(one));
  return checks;
}

function range(one: Published): IdentityCheck {
  const given = [
    one.total,
    one.ownExpense,
    one.overLimit,
    one.firstPay,
    one.inScope,
    one.segment,
    one.fund,
    one.account,
    one.cash,
    one.hospital,
    one.personal,
  ];
  const lowest = [...given, ...(one.excluded ?? []), ...Object.values(one.layers ?? {})]
    .filter((value) => value !== undefined)
    .reduce((least, value) => (value < least ? value : least), 0n);
  const ratioFits = one.ratio === undefined || ratio(one.ratio).lessThanOrEqualTo(1);
  return { identity: 'range', leftFen: lowest, rightFen: 0n, holds: lowest >= 0n && ratioFits };
}
