import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '#shared/testing';
import { startFunds } from '../testing/funds-service.js';
import { move } from './ledger.js';
import { accountBalances, book, dayChecks } from './ledger.repository.js';

const entry = (reference: string, lines = move('430000', '财政专户', '预付金', 500n)) => ({
  day: '2026-04-30',
  reference,
  memo: 'test',
  lines,
});

describe('the ledger in the database', () => {
  let service: TestService;
  const entries = () => service.query('select reference from ledger_entry order by reference');

  beforeAll(async () => {
    service = await startFunds('2026-04-30');
  });
  afterAll(() => service.stop());

  it('[N62] the same reference is booked once', async () => {
    await service.transaction((tx) => book(tx, entry('R1')));
    await expect(service.transaction((tx) => book(tx, entry('R1')))).rejects.toThrow('duplicate key');
    expect(await entries()).toEqual([{ reference: 'R1' }]);
  });

  it('[N62] an entry that does not balance is refused by the program', async () => {
    const [debit] = move('430000', '财政专户', '预付金', 500n);
    await expect(
      service.transaction((tx) => book(tx, entry('R2', debit === undefined ? [] : [debit]))),
    ).rejects.toThrow('does not balance');
    expect(await entries()).toEqual([{ reference: 'R1' }]);
  });

  it('[N62] whoever goes round the program is refused by the database at commit', async () => {
    const half = service.transaction(async (tx) => {
      await tx.query(
        `insert into ledger_entry (day, currency, reference, memo) values ('2026-04-30', 'CNY', 'R3', '')`,
      );
      await tx.query(`insert into ledger_line (entry_id, line, owner, account, debit_fen, credit_fen)
        select entry_id, 1, '430000', '预付金', 500, 0 from ledger_entry where reference = 'R3'`);
    });
    await expect(half).rejects.toThrow('does not balance');
    const changed = service.transaction((tx) =>
      tx.query('update ledger_line set debit_fen = 501 where debit_fen = 500'),
    );
    await expect(changed).rejects.toThrow('does not balance');
    expect(await entries()).toEqual([{ reference: 'R1' }]);
  });

  it('[N62] a line of nothing, of both sides or below zero is refused', async () => {
    for (const [debit, credit] of [
      [0, 0],
      [5, 5],
      [-5, 0],
    ]) {
      const line = service.transaction((tx) =>
        tx.query(
          `insert into ledger_line (entry_id, line, owner, account, debit_fen, credit_fen)
           select entry_id, 9, '430000', '预付金', $1, $2 from ledger_entry`,
          [debit, credit],
        ),
      );
      await expect(line).rejects.toThrow('violates check constraint');
    }
  });

  it('[N57 N62] an agency sees its own books, and they balance by themselves', async () => {
    await service.transaction((tx) =>
      book(tx, entry('R4', [...move('430000', 'a', 'b', 7n), ...move('110000', 'c', 'd', 9n)])),
    );
    const seen = await service.database.asScope({ prefix: '11' }, async (tx) => ({
      balances: await accountBalances(tx),
      days: await dayChecks(tx),
    }));
    expect(seen).toEqual({
      balances: [
        { owner: '110000', account: 'c', balance: -9n },
        { owner: '110000', account: 'd', balance: 9n },
      ],
      days: [{ day: '2026-04-30', currency: 'CNY', debit: 9n, credit: 9n }],
    });
  });
});
