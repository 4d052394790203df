import type { Day } from '#shared/clock';
import { move } from '../../ledger/ledger.js';
import type { LedgerEntry } from '../../ledger/ledger.js';
import type { Transfer, TransferPurpose } from '../transfer.js';

/** 科目 of a transfer in the books of who pays and of who receives. */
const accounts: Record<TransferPurpose, { readonly payer: string; readonly payee: string; readonly name: string }> = {
  prepayment: { payer: '预付金', payee: '收到预付金', name: '预付金' },
  clearing: { payer: '异地就医支出', payee: '代垫异地就医费用', name: '清算资金' },
  'area-collection': { payer: '异地就医支出', payee: '统筹区上解', name: '统筹区上解' },
  'area-distribution': { payer: '拨付统筹区', payee: '代垫异地就医费用', name: '拨付统筹区' },
};

const payable = (payee: string): string => `应付 ${payee}`;
const receivable = (payer: string): string => `应收 ${payer}`;
const cash = '财政专户';

/** 应付应收 (N5): with the notice the payer owes and the payee may claim. */
export function dueEntry({ transferNo, purpose, payer, payee, amountFen }: Transfer, day: Day): LedgerEntry {
  const { payer: cost, payee: income, name } = accounts[purpose];
  return {
    day,
    reference: `${transferNo}/due`,
    memo: `${name}应付 ${payer} → ${payee}`,
    lines: [...move(payer, payable(payee), cost, amountFen), ...move(payee, income, receivable(payer), amountFen)],
  };
}

/** 付款: the payer's special account pays what was owed. */
export const paymentEntry = ({ transferNo, purpose, payer, payee, amountFen }: Transfer, day: Day): LedgerEntry => ({
  day,
  reference: `${transferNo}/paid`,
  memo: `${accounts[purpose].name}付款 ${payer} → ${payee}`,
  lines: move(payer, cash, payable(payee), amountFen),
});

/** 到账: the payee's special account receives what it could claim. */
export const receiptEntry = ({ transferNo, purpose, payer, payee, amountFen }: Transfer, day: Day): LedgerEntry => ({
  day,
  reference: `${transferNo}/received`,
  memo: `${accounts[purpose].name}到账 ${payer} → ${payee}`,
  lines: move(payee, receivable(payer), cash, amountFen),
});
