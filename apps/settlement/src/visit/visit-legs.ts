import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import type { VisitState } from './visit.js';
import { visitStateNames } from './visit.transitions.js';

/** 一笔结算 on both sides. */
export interface SettlementLeg {
  readonly settlementId: string;
  readonly kind: 'charge' | 'refund';
  readonly refundOf: string | null;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly reversed: boolean;
  /** The home side's book of the same; null where it has none. */
  readonly homeFundFen: Fen | null;
  readonly homeAccountFen: Fen | null;
}

export interface MessageLeg {
  readonly msgid: string;
  readonly infno: string;
  readonly state: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly reversedBy: string | null;
}

export interface VisitLegs {
  readonly status: VisitState;
  readonly settlements: readonly SettlementLeg[];
  readonly messages: readonly MessageLeg[];
  /** Messages to the other services that are not sent yet. */
  readonly unsent: number;
}

/** 各端状态: in words where a visit stands, and what does not agree. Empty findings mean: all ends know the same. */
export function findingsOf({ settlements, messages, unsent }: VisitLegs): string[] {
  return [
    ...settlements
      .filter(({ homeFundFen }) => homeFundFen === null)
      .map(({ settlementId }) => `就医地有结算 ${settlementId}，参保地没有`),
    ...settlements
      .filter(
        ({ homeFundFen, homeAccountFen, fundFen, accountFen }) =>
          homeFundFen !== null && (homeFundFen !== fundFen || homeAccountFen !== accountFen),
      )
      .map(({ settlementId }) => `结算 ${settlementId} 两端金额不一致`),
    ...messages
      .filter(({ state }) => state === 'running')
      .map(({ infno, msgid }) => `交易 ${infno}（${msgid}）尚无结果`),
    ...(unsent === 0 ? [] : [`有 ${unsent} 条结算消息待发`]),
  ];
}

/** The legs as an agency reads them. */
export const legsView = (legs: VisitLegs) => ({
  status: legs.status,
  statusName: visitStateNames[legs.status],
  treatment: legs.settlements.map((one) => ({
    settlementId: one.settlementId,
    kind: one.kind,
    refundOf: one.refundOf,
    total: formatYuan(one.totalFen),
    fund: formatYuan(one.fundFen),
    personalAccount: formatYuan(one.accountFen),
    reversed: one.reversed,
  })),
  home: legs.settlements.map((one) => ({
    settlementId: one.settlementId,
    known: one.homeFundFen !== null,
    fund: one.homeFundFen === null ? null : formatYuan(one.homeFundFen),
    personalAccount: one.homeAccountFen === null ? null : formatYuan(one.homeAccountFen),
  })),
  messages: legs.messages.map(({ startedAt, endedAt, ...one }) => ({
    ...one,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  })),
  outbox: { unsent: legs.unsent },
  findings: findingsOf(legs),
});
