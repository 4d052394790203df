import type { Fen } from '#shared/money';
import { parseYuan, sum } from '#shared/money';
import type { Json } from './expectation.js';

export interface BookedSettlement {
  readonly settlementId: string;
  readonly visitId: string;
  readonly personNo: string;
  readonly clearingType: '11' | '21';
  readonly refund: boolean;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly cashFen: Fen;
}

/** Yuan as a number or a text, as gateways write them; 0 where there is nothing. */
export function fenOf(value: unknown): Fen {
  if (typeof value === 'number') return parseYuan(value.toFixed(2));
  return typeof value === 'string' && /^-?\d+(\.\d{1,2})?$/.test(value.trim()) ? parseYuan(value.trim()) : 0n;
}

/** 本院账: what the hospital wrote down of its settlements, for the reconciliation at the end. */
export class Books {
  private readonly lines = new Map<string, BookedSettlement>();
  /** What this run did itself, in its order. */
  private readonly own = new Set<string>();

  book(setlinfo: Json, about: Pick<BookedSettlement, 'visitId' | 'personNo' | 'clearingType' | 'refund'>): void {
    const settlementId = String(setlinfo['setl_id']);
    this.own.add(settlementId);
    this.lines.set(settlementId, {
      ...about,
      settlementId,
      totalFen: fenOf(setlinfo['medfee_sumamt']),
      fundFen: fenOf(setlinfo['fund_pay_sumamt']),
      accountFen: fenOf(setlinfo['acct_pay']),
      cashFen: fenOf(setlinfo['psn_cash_pay'] ?? setlinfo['pdn_cash_pay']),
    });
  }

  /** What the gateway had before this run, or keeps against our will. */
  add(lines: readonly BookedSettlement[]): void {
    for (const line of lines) this.lines.set(line.settlementId, line);
  }

  /** Settlements of this run that were not refunded since: the last one of every visit that is not back at nothing. */
  standing(): BookedSettlement[] {
    const own = [...this.lines.values()].filter(({ settlementId }) => this.own.has(settlementId));
    const left = (of: string) => sum(own.filter(({ visitId }) => visitId === of).map(({ totalFen }) => totalFen));
    const charges = own.filter(({ refund, visitId }) => !refund && left(visitId) !== 0n);
    return [...new Map(charges.map((line) => [line.visitId, line])).values()];
  }

  of(clearingType: '11' | '21'): BookedSettlement[] {
    return [...this.lines.values()].filter((line) => line.clearingType === clearingType);
  }
}

export const totals = (lines: readonly BookedSettlement[]) => ({
  total: sum(lines.map(({ totalFen }) => totalFen)),
  fund: sum(lines.map(({ fundFen }) => fundFen)),
  account: sum(lines.map(({ accountFen }) => accountFen)),
  cash: sum(lines.map(({ cashFen }) => cashFen)),
  count: lines.length,
});
