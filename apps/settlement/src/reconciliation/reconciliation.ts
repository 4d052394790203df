import type { Day } from '#shared/clock';
import type { differenceKinds } from '#shared/contracts';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';

export type DifferenceKind = (typeof differenceKinds)[number];

/** One settlement as one of the three parties knows it. */
export interface PartyLine {
  readonly settlementId: string;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly refund: boolean;
}

export interface Totals {
  readonly settlements: number;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
}

export interface Found {
  readonly settlementId: string;
  readonly kind: DifferenceKind;
}

/** 总账比对: in words what differs; empty when everything agrees. */
export function compareTotals(stated: Totals, ours: Totals): string[] {
  const amounts = [
    ['医疗费总额', stated.totalFen, ours.totalFen],
    ['基金支付', stated.fundFen, ours.fundFen],
    ['个人账户支付', stated.accountFen, ours.accountFen],
  ] as const;
  return [
    ...(stated.settlements === ours.settlements ? [] : [`笔数：机构 ${stated.settlements}，中心 ${ours.settlements}`]),
    ...amounts
      .filter(([, theirs, mine]) => theirs !== mine)
      .map(([name, theirs, mine]) => `${name}：机构 ${formatYuan(theirs)}，中心 ${formatYuan(mine)}`),
  ];
}

export interface StoredDifference {
  readonly differenceId: bigint;
  readonly day: Day;
  readonly kind: DifferenceKind;
  readonly settlementId: string;
  readonly institutionCode: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly state: 'open' | 'resolved';
  readonly foundOn: Day;
  readonly resolvedOn: Day | null;
}
