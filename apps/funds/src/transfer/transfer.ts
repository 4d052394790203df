import type { BankDetails } from '#shared/payments';
import type { Day, Month } from '#shared/clock';
import type { Fen } from '#shared/money';

/** 划拨用途: finance must state whether a transfer is prepayment or clearing (N21). */
export type TransferPurpose = 'prepayment' | 'clearing' | 'area-collection' | 'area-distribution';

export type TransferState = 'due' | 'submitted' | 'paid' | 'approved' | 'confirmed';
export type TransferEvent = 'submit' | 'pay' | 'approve' | 'return' | 'confirm';

/** 划拨: one sum that one side owes another, from the notice to its arrival. */
export interface Transfer {
  readonly transferNo: string;
  readonly purpose: TransferPurpose;
  /** The month cleared, or the year of a prepayment as `2026`. */
  readonly period: Month;
  readonly payer: string;
  readonly payee: string;
  readonly amountFen: Fen;
  readonly state: TransferState;
  readonly openedOn: Day;
  readonly returned: boolean;
  /** The notice or decision that it comes from. */
  readonly source: string;
  readonly bank: BankDetails | null;
  readonly paidBy: string | null;
  readonly confirmedOn: Day | null;
  readonly version: number;
}
