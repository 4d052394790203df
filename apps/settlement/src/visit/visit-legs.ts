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

/** 两端交换 with another deployment that is not at an end. */
export interface ExchangeLeg {
  readonly exchangeId: string;
  readonly counterpart: string;
  readonly state: string;
}

export interface VisitLegs {
  readonly status: VisitState;
  readonly settlements: readonly SettlementLeg[];
  readonly messages: readonly MessageLeg[];
  readonly exchanges: readonly ExchangeLeg[];
  /** Messages to the other services that are not sent yet. */
  readonly unsent: number;
}

const exchangeNames: Readonly<Record<string, string>> = {
  asked: '已询问，尚无应答',
  granted: '参保地已受理，就医地尚未结算',
  doubtful: '就医地未结算，参保地待冲正',
  committed: '就医地已结算，待告知参保地',
  owed: '就医地已退费，待告知参保地',
};

/** 各端状态: in words where a visit stands, and what does not agree. Empty findings mean: all ends know the same. */
export function findingsOf({ settlements, messages, exchanges, unsent }: VisitLegs): string[] {
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
    ...exchanges.map(
      ({ exchangeId, counterpart, state }) => `${exchangeId} 与对端 ${counterpart}：${exchangeNames[state] ?? state}`,
    ),
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
  exchanges: legs.exchanges.map((one) => ({ ...one })),
  outbox: { unsent: legs.unsent },
  findings: findingsOf(legs),
});
