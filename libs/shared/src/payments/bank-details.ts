import { isDay } from '../clock/index.js';
import type { Day } from '../clock/index.js';
import { refuse } from '../errors/index.js';
import type { Outcome } from '../errors/index.js';

/** 付款信息: the proof without which no payment is confirmed (N22). */
export interface BankDetails {
  readonly bankName: string;
  readonly transactionNo: string;
  readonly transactionDate: Day;
}

const names: Record<keyof BankDetails, string> = {
  bankName: '付款银行名称',
  transactionNo: '交易流水号',
  transactionDate: '交易日期',
};

/** A full name in Chinese or Latin letters; a number as banks print it. */
const forms = {
  bankName: /^(?=(?:.*\p{L}){4})[\p{L}\p{N} ()（）·&.-]{4,100}$/u,
  transactionNo: /^[A-Za-z0-9-]{4,64}$/,
};

/** 付款确认信息 (N22): bank, transaction number and date must all be there, and the date must be possible. */
export function checkBankDetails(given: Partial<BankDetails>, openedOn: Day, today: Day): Outcome<BankDetails> {
  const missing = (Object.keys(names) as (keyof BankDetails)[]).filter((key) => (given[key] ?? '').trim() === '');
  if (missing.length > 0)
    return refuse('BANK_DETAILS_MISSING', { missing: missing.map((key) => names[key]).join('、') });
  const { bankName = '', transactionNo = '', transactionDate = '' } = given;
  const wrong = (Object.keys(forms) as (keyof typeof forms)[]).filter(
    (key) => !forms[key].test((given[key] ?? '').trim()),
  );
  if (wrong.length > 0) return refuse('BANK_DETAILS_INVALID', { wrong: wrong.map((key) => names[key]).join('、') });
  if (!isDay(transactionDate) || transactionDate < openedOn || transactionDate > today) {
    return refuse('TRANSACTION_DATE_IMPOSSIBLE', { date: transactionDate, from: openedOn, to: today });
  }
  return { bankName: bankName.trim(), transactionNo: transactionNo.trim(), transactionDate };
}
