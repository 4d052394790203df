import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { dueEntry, paymentEntry, receiptEntry } from '../transfer/rules/transfer-entries.js';
import type { Transfer } from '../transfer/transfer.js';
import { balances, move } from './ledger.js';
import type { LedgerEntry } from './ledger.js';

const transferOf = (given: Partial<Transfer>): Transfer => ({
  transferNo: 'QSP202603430000110000',
  purpose: 'clearing',
  period: '2026-03',
  payer: '430000',
  payee: '110000',
  amountFen: 15_000n,
  state: 'due',
  openedOn: '2026-04-30',
  returned: false,
  source: 'FK430000202603',
  bank: null,
  paidBy: null,
  confirmedOn: null,
  version: 1,
  ...given,
});

function balancesAfter(entries: readonly LedgerEntry[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { owner, account, debitFen, creditFen } of entries.flatMap(({ lines }) => lines)) {
    const key = `${owner} ${account}`;
    totals.set(key, (totals.get(key) ?? 0n) + debitFen - creditFen);
  }
  return new Map([...totals].filter(([, balance]) => balance !== 0n));
}

const provinces = ['110000', '310000', '420000', '430000'];
const anyTransfer = fc
  .record({
    purpose: fc.constantFrom<Transfer['purpose']>('prepayment', 'clearing', 'area-collection', 'area-distribution'),
    payer: fc.constantFrom(...provinces),
    step: fc.integer({ min: 1, max: provinces.length - 1 }),
    amountFen: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    done: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ step, done, ...facts }) => {
    const payee = provinces[(provinces.indexOf(facts.payer) + step) % provinces.length] ?? '';
    const transfer = transferOf({ ...facts, payee });
    const day = '2026-04-30';
    return {
      transfer,
      done,
      entries: [dueEntry(transfer, day), paymentEntry(transfer, day), receiptEntry(transfer, day)].slice(0, done),
    };
  });

describe('the double-entry ledger', () => {
  it('[N62] a move debits one account and credits another of the same books', () => {
    expect(move('430000', '财政专户', '预付金', 5n)).toEqual([
      { owner: '430000', account: '预付金', debitFen: 5n, creditFen: 0n },
      { owner: '430000', account: '财政专户', debitFen: 0n, creditFen: 5n },
    ]);
  });

  it('[N62] an entry that balances in sum but not in the books of each agency does not balance', () => {
    const [debit] = move('430000', '财政专户', '预付金', 5n);
    const [, credit] = move('110000', '财政专户', '预付金', 5n);
    const lines = [debit, credit].filter((line) => line !== undefined);
    expect(balances({ day: '2026-04-30', reference: 'x', memo: '', lines })).toBe(false);
  });

  it('[N5 N62] each step of one clearing transfer, with the balances after it', () => {
    const transfer = transferOf({});
    const entries = [
      dueEntry(transfer, '2026-04-30'),
      paymentEntry(transfer, '2026-05-20'),
      receiptEntry(transfer, '2026-05-22'),
    ];
    const after = entries.map((_, index) => Object.fromEntries(balancesAfter(entries.slice(0, index + 1))));
    const cost = { '430000 异地就医支出': 15_000n, '110000 代垫异地就医费用': -15_000n };
    expect(after).toEqual([
      { ...cost, '430000 应付 110000': -15_000n, '110000 应收 430000': 15_000n },
      { ...cost, '430000 财政专户': -15_000n, '110000 应收 430000': 15_000n },
      { ...cost, '430000 财政专户': -15_000n, '110000 财政专户': 15_000n },
    ]);
  });

  it('[N62] Σ debit = Σ credit after any transfers in any state, in sum and in the books of each agency', () => {
    fc.assert(
      fc.property(fc.array(anyTransfer, { maxLength: 30 }), (transfers) => {
        const entries = transfers.flatMap((one) => one.entries);
        expect(entries.every(balances)).toBe(true);
        for (const owner of provinces) {
          const own = [...balancesAfter(entries)].filter(([key]) => key.startsWith(owner));
          expect(sum(own.map(([, balance]) => balance))).toBe(0n);
        }
      }),
    );
  });

  it('[N5] what is still owed is what is due and not paid; what is still claimed is what is due and not received', () => {
    fc.assert(
      fc.property(fc.array(anyTransfer, { maxLength: 30 }), (transfers) => {
        const after = [...balancesAfter(transfers.flatMap((one) => one.entries))];
        const of = (word: string): bigint =>
          sum(after.filter(([key]) => key.includes(word)).map(([, balance]) => balance));
        const open = (doneBefore: number): bigint =>
          sum(transfers.filter(({ done }) => done < doneBefore).map(({ transfer }) => transfer.amountFen));
        expect([-of(' 应付 '), of(' 应收 ')]).toEqual([open(2), open(3)]);
      }),
    );
  });

  it('[N21] prepayment, clearing, collection and distribution have accounts of their own', () => {
    const costs = (['prepayment', 'clearing', 'area-collection', 'area-distribution'] as const).map((purpose) =>
      dueEntry(transferOf({ purpose }), '2026-04-30').lines.map(({ account }) => account),
    );
    expect(costs).toEqual([
      ['预付金', '应付 110000', '应收 430000', '收到预付金'],
      ['异地就医支出', '应付 110000', '应收 430000', '代垫异地就医费用'],
      ['异地就医支出', '应付 110000', '应收 430000', '统筹区上解'],
      ['拨付统筹区', '应付 110000', '应收 430000', '代垫异地就医费用'],
    ]);
  });
});
