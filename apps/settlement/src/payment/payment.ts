import type { Day, Month } from '#shared/clock';
import type { Fen } from '#shared/money';
import type { BankDetails } from '#shared/payments';
import { table } from '#shared/transitions';

export type PaymentState = 'prepared' | 'paid';
export type PaymentEvent = 'approve';

/** 拨付: what an institution gets for a month: declared less deducted, and the difference of the payment method. */
export interface InstitutionPayment {
  readonly paymentNo: string;
  readonly institutionCode: string;
  readonly treatmentArea: string;
  readonly month: Month;
  readonly declaredFen: Fen;
  readonly deductedFen: Fen;
  /** 支付方式差额 (H60): borne by the fund of the treatment place, or kept by it where it is negative. */
  readonly methodDifferenceFen: Fen;
  readonly paidFen: Fen;
  readonly state: PaymentState;
  readonly preparedBy: string;
  readonly preparedOn: Day;
  readonly approvedBy: string | null;
  readonly bank: BankDetails | null;
  readonly paidOn: Day | null;
}

/** 拨付的生命周期 (H50): one person prepares, another approves with the bank's proof. */
export const paymentTransitions = table<PaymentState, PaymentEvent>([
  { from: 'prepared', on: 'approve', to: 'paid', article: 'H50' },
]);

export const paymentStateNames: Record<PaymentState, string> = { prepared: '待复核', paid: '已拨付' };
