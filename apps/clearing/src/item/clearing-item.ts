import type { Day, Month } from '#shared/clock';
import type { Fen } from '#shared/money';

/** 清算明细: one audited settlement as it goes into a period. A refund is a negative item. */
export interface ClearingItem {
  readonly settlementId: string;
  readonly homeArea: string;
  readonly treatmentArea: string;
  /** 付款省. */
  readonly payer: string;
  /** 收款省. */
  readonly payee: string;
  readonly scheme: '310' | '390';
  readonly settledOn: Day;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly deductedFen: Fen;
}

/** What the insured side owes for an item before deductions; the personal account counts as a fund here (A14-2). */
export const grossFen = ({ fundFen, accountFen }: Pick<ClearingItem, 'fundFen' | 'accountFen'>): Fen =>
  fundFen + accountFen;

export const netFen = (item: ClearingItem): Fen => grossFen(item) - item.deductedFen;

export const isCrossProvince = ({ payer, payee }: Pick<ClearingItem, 'payer' | 'payee'>): boolean => payer !== payee;

export interface PeriodItems {
  readonly period: Month;
  readonly items: readonly ClearingItem[];
}
